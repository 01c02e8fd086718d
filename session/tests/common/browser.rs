//! A browser that keeps one session cookie, and what it gets to see.

use std::cell::RefCell;
use std::sync::Arc;

use rocket::http::{Header, HeaderMap, Status};
use rocket::local::asynchronous::{Client, LocalRequest};
use rocket::tokio::{join, sync::oneshot};
use rocket_session_layer::{Error, Layer, Locker, Session};
use serde::Serialize;
use serde_json::Value;

use super::answer::Answer;
use super::errand::{Errand, View};

pub const COOKIE: &str = "session_id";

pub struct Browser<'a> {
    client: &'a Client,
    /// The cookie's value.
    cookie: RefCell<Option<String>>,
    /// Sent with each request.
    header: Option<Header<'static>>,
}

impl<'a> Browser<'a> {
    pub fn new(client: &'a Client) -> Self {
        Browser {
            client,
            cookie: RefCell::default(),
            header: None,
        }
    }

    /// The session ID that it has now.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.borrow().clone()
    }

    /// Another browser, or another tab, that has the same session ID just now.
    pub fn twin(&self) -> Browser<'a> {
        self.with_cookie(self.cookie())
    }

    pub fn with_cookie(&self, value: Option<String>) -> Browser<'a> {
        Browser {
            client: self.client,
            cookie: RefCell::new(value),
            header: self.header.clone(),
        }
    }

    /// The same browser behind a proxy that adds a header to each request.
    pub fn through(&self, name: &'static str, value: &'static str) -> Browser<'a> {
        let mut browser = self.twin();
        browser.header = Some(Header::new(name, value));
        browser
    }

    /// The same browser in front of another server that shares the store.
    pub fn at<'b>(&self, other: &Browser<'b>) -> Browser<'b> {
        other.with_cookie(self.cookie())
    }

    /// The `Cookie` header of its next request.
    pub fn headers(&self) -> HeaderMap<'static> {
        let mut headers = HeaderMap::new();
        for line in self.line() {
            headers.add_raw("Cookie", line);
        }
        headers
    }

    /// The public half of its session ID, or the name of the session that is in its cookie.
    pub fn locker(&self) -> Option<Locker> {
        let headers = self.headers();
        let inspected = self.layer().inspect(&headers)?;
        Some(inspected.locker)
    }

    /// The part that stays the same until the next rotation: the session ID or, if the session is
    /// carried in the cookie and every change sends another one, its locker.
    pub fn id(&self) -> Option<String> {
        if self.layer().capabilities().revocable {
            return self.cookie();
        }
        self.locker().map(|locker| locker.to_string())
    }

    fn layer(&self) -> &Layer {
        Layer::of(self.client.rocket()).unwrap()
    }

    pub async fn set(&self, key: &'static str, value: impl Serialize + Send + 'static) -> Answer {
        self.visit(move |session| session.set(key, value)).await
    }

    /// The value of a key, or null.
    pub async fn get(&self, key: &'static str) -> Value {
        let answer = self.visit(move |session| session.get::<Value>(key)).await;
        answer.value()
    }

    /// Adds one to a number, at once.
    pub async fn add_one(&self, key: &'static str) -> Answer {
        self.view(Status::Ok, move |session| {
            Box::pin(async move {
                let count = session.update(key, |n: &mut u64| {
                    *n += 1;
                    *n
                });
                Ok(count.await?.into())
            })
        })
        .await
    }

    /// A request whose view does this.
    pub async fn visit<T: Serialize>(
        &self,
        view: impl FnOnce(&Session) -> Result<T, Error> + Send + 'static,
    ) -> Answer {
        self.visit_ending(Status::Ok, view).await
    }

    /// A request whose view does this, which can't fail.
    pub async fn does<T: Serialize>(
        &self,
        view: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Answer {
        self.visit(|session| Ok(view(session))).await
    }

    /// A request whose view does this and answers with this status.
    pub async fn visit_ending<T: Serialize>(
        &self,
        status: Status,
        view: impl FnOnce(&Session) -> Result<T, Error> + Send + 'static,
    ) -> Answer {
        let view = |session: &Session| view(session).map(|value| serde_json::json!(value));
        self.view(status, |session| Box::pin(async { view(session) }))
            .await
    }

    /// A request whose view takes time, while this happens: it has found the session and done the
    /// first part, the second part comes when everything else is over.
    pub async fn visit_while<T: Serialize, M>(
        &self,
        first: impl FnOnce(&Session) -> Result<(), Error> + Send + 'static,
        meanwhile: impl Future<Output = M>,
        then: impl FnOnce(&Session) -> Result<T, Error> + Send + 'static,
    ) -> (Answer, M) {
        let (enter, entered) = oneshot::channel();
        let (release, released) = oneshot::channel::<()>();
        let then = |session: &Session| then(session).map(|value| serde_json::json!(value));
        // Boxed, because visits are put into visits, and a debug build moves each on the stack.
        let visit = Box::pin(self.view(Status::Ok, |session| {
            Box::pin(async move {
                first(session)?;
                let _ = enter.send(());
                let _ = released.await;
                then(session)
            })
        }));
        let meanwhile = async {
            entered.await.expect("the request should reach its view");
            let outcome = meanwhile.await;
            let _ = release.send(());
            outcome
        };
        join!(visit, meanwhile)
    }

    pub async fn view<V>(&self, status: Status, view: V) -> Answer
    where
        V: for<'s> FnOnce(
                &'s Session,
            )
                -> rocket::futures::future::BoxFuture<'s, Result<Value, Error>>
            + Send
            + 'static,
    {
        let view: View = Box::new(view);
        self.send("/view", Errand::new(status, Some(view)), self.line())
            .await
    }

    /// A HEAD request whose view, which is one for GET, does this.
    pub async fn head<V>(&self, view: V) -> Answer
    where
        V: for<'s> FnOnce(
                &'s Session,
            )
                -> rocket::futures::future::BoxFuture<'s, Result<Value, Error>>
            + Send
            + 'static,
    {
        let errand = Errand::new(Status::Ok, Some(Box::new(view)));
        let request = self.client.head("/view");
        self.dispatch(request, errand, self.line()).await
    }

    /// A request for one of the app's other pages.
    pub async fn open(&self, path: &'static str) -> Answer {
        self.send(path, Errand::new(Status::Ok, None), self.line())
            .await
    }

    /// A request that reads with exactly these `Cookie` headers.
    pub async fn open_with(&self, lines: &[String]) -> Answer {
        let view: View = Box::new(|session| {
            Box::pin(async { Ok(session.get::<Value>("a")?.unwrap_or_default()) })
        });
        let lines = lines.to_vec();
        self.send("/view", Errand::new(Status::Ok, Some(view)), lines)
            .await
    }

    fn line(&self) -> Vec<String> {
        let cookie = self.cookie();
        cookie
            .iter()
            .map(|value| format!("{COOKIE}={value}"))
            .collect()
    }

    async fn send(&self, path: &'static str, errand: Arc<Errand>, cookies: Vec<String>) -> Answer {
        self.dispatch(self.client.get(path), errand, cookies).await
    }

    async fn dispatch(
        &self,
        mut request: LocalRequest<'_>,
        errand: Arc<Errand>,
        cookies: Vec<String>,
    ) -> Answer {
        for line in cookies {
            request.add_header(Header::new("Cookie", line));
        }
        if let Some(header) = &self.header {
            request.add_header(header.clone());
        }
        request.inner().local_cache(|| errand.clone());
        let response = request.dispatch().await;
        let headers = response.headers().iter();
        let answer = Answer {
            status: response.status(),
            headers: headers
                .map(|header| (header.name.to_string(), header.value.to_string()))
                .collect(),
            body: response.into_string().await.unwrap_or_default(),
            trace: errand.trace.lock().unwrap().clone(),
        };
        self.keep(&answer);
        answer
    }

    /// Does with its cookie what the answer says.
    fn keep(&self, answer: &Answer) {
        if let Some(line) = answer.cookie() {
            let pair = line.split(';').next().unwrap();
            let (_, value) = pair.split_once('=').unwrap();
            let value = (!value.is_empty()).then(|| value.to_owned());
            *self.cookie.borrow_mut() = value;
        }
    }
}
