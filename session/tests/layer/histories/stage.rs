//! Plays a history: one request at a time goes on to its next gate. No other one moves at that
//! time, so a history is played in the same way each time, whatever the store and the machine.

use std::future::{Future, pending, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use rocket::http::Status;
use rocket::tokio::select;
use rocket::tokio::task::unconstrained;

use super::history::{History, Request, Step};
use super::notes::{Notes, view};
use super::seen::{News, Sight, Visit};
use crate::common::probe::Held;
use crate::common::{Answer, App, Call, Fault};

/// Two servers on one place, the cookies they have ever sent, and everything that was seen.
struct Stage<'a> {
    servers: [&'a App; 2],
    step: usize,
    cookies: Vec<String>,
    visits: Vec<Visit>,
}

/// A request on its way.
struct Player<'a> {
    server: &'a App,
    request: Request,
    cookie: Option<String>,
    notes: Notes,
    going: Pin<Box<dyn Future<Output = Answer> + 'a>>,
    /// The store's call that it is about to make.
    asks: Option<Call>,
    /// The call whose answer it is about to get.
    held: Option<Held>,
    /// The calls it has made.
    asked: usize,
    steps: usize,
}

/// Plays a history, then opens every cookie that was ever sent.
pub async fn play(servers: [&App; 2], history: &History) -> Vec<Visit> {
    let mut stage = Stage {
        servers,
        step: 0,
        cookies: Vec::new(),
        visits: Vec::new(),
    };
    servers.iter().for_each(|server| drop(server.calls()));
    for request in &history.opening {
        stage.meet(&[Some(request.clone())], &[]).await;
    }
    stage.meet(&history.meeting, &history.steps).await;
    for number in 0..stage.cookies.len() {
        let brings = stage.cookies.len() - 1 - number;
        let looks = Request::of(Some(brings), vec![]);
        stage.meet(&[Some(looks)], &[]).await;
    }
    stage.visits
}

impl<'a> Stage<'a> {
    /// Has these requests meet in the order of the steps, and then brings them to their ends.
    async fn meet(&mut self, requests: &[Option<Request>], steps: &[Step]) {
        let mut players: Vec<Option<Player<'a>>> = requests.iter().map(|_| None).collect();
        let mut over: Vec<_> = requests.iter().map(Option::is_none).collect();
        // In turns: one that waits in a queue goes on only after another has.
        let in_turns = (0..2_000).map(Step::Go);
        for step in steps.iter().copied().chain(in_turns) {
            self.step += 1;
            match step {
                Step::Wait(seconds) => self.servers[0].clock.advance(seconds),
                Step::Purge => self.purge().await,
                Step::Go(number) => {
                    let mut next = (number..number + over.len()).map(|number| number % over.len());
                    let Some(at) = next.find(|at| !over[*at]) else {
                        return;
                    };
                    let player = match (&mut players[at], &requests[at]) {
                        (Some(player), _) => player,
                        (none, Some(request)) => none.insert(self.enters(request)),
                        (None, None) => unreachable!("it was left out"),
                    };
                    over[at] = self.goes_on(player).await;
                }
            }
        }
        panic!("a request never ends");
    }

    async fn purge(&mut self) {
        let notes = self.notes();
        self.servers[0].layer().purge().await.unwrap();
        notes.ends(Sight::Purged);
        self.visits.push(Visit {
            cookie: None,
            request: Request::of(None, vec![]),
            points: notes.points(),
        });
    }

    fn notes(&self) -> Notes {
        Notes::begun(self.servers[0].clock.clone(), self.step)
    }

    fn enters(&self, request: &Request) -> Player<'a> {
        let sent = request.brings.filter(|_| !self.cookies.is_empty());
        let back = |number: usize| self.cookies.len() - 1 - number % self.cookies.len();
        let cookie = sent.map(|sent| self.cookies[back(sent)].clone());
        let (notes, server) = (self.notes(), self.servers[request.server]);
        let browser = server.browser().with_cookie(cookie.clone());
        let status = Status::new(request.ends);
        let view = view(request.ops.clone(), notes.clone());
        let going = async move { browser.view(status, view).await };
        Player {
            server,
            request: request.clone(),
            cookie,
            notes,
            // It waits only where the stage has a gate, and never for the sake of Tokio's other
            // tasks.
            going: Box::pin(unconstrained(going)),
            asks: None,
            held: None,
            asked: 0,
            steps: 0,
        }
    }

    /// Lets a request go on to its next gate. True if it is over then.
    async fn goes_on(&mut self, player: &mut Player<'a>) -> bool {
        player.notes.steps_on(self.step);
        let Poll::Ready(answer) = player.goes_on().await else {
            return false;
        };
        if let Some(answer) = answer {
            let news = News::of(&answer);
            if let News::Sent(cookie) = &news
                && !self.cookies.contains(cookie)
            {
                self.cookies.push(cookie.clone());
            }
            let seen = Some((answer.status.code, news));
            player.notes.ends(Sight::Answered(seen));
        }
        self.visits.push(Visit {
            cookie: player.cookie.clone(),
            request: player.request.clone(),
            points: player.notes.points(),
        });
        true
    }
}

impl Player<'_> {
    /// Goes on to its next gate, or ends: with an answer, unless its visitor gives up.
    async fn goes_on(&mut self) -> Poll<Option<Answer>> {
        if self.request.patience == Some(self.steps) {
            self.notes.gives_up();
            // It is dropped where it is, as when a browser closes its connection.
            self.going = Box::pin(pending());
            return Poll::Ready(None);
        }
        self.steps += 1;
        drop(self.held.take());
        if let Some(call) = self.asks.take() {
            let held = match self.asks_the_store(call).await {
                Ok(held) => held,
                Err(answer) => return Poll::Ready(Some(answer)),
            };
            // A record that was read is looked at in the same moment.
            if call != Call::Load {
                self.held = Some(held);
                return Poll::Pending;
            }
        }
        let answer = poll_fn(|context| Poll::Ready(self.going.as_mut().poll(context))).await;
        if answer.is_pending() {
            self.asks = self.server.calls().pop();
        }
        answer.map(Some)
    }

    /// Has the store do what it is asked, or fail, and holds its answer. `Err`: the request has
    /// ended, because a busy machine took longer for a touch than the layer waits for it.
    async fn asks_the_store(&mut self, call: Call) -> Result<Held, Answer> {
        let store = self.server.store();
        if let Some((number, fault)) = self.request.fault
            && number == self.asked
        {
            let fault = match (call, fault) {
                (Call::Load, Fault::Conflicts) => Fault::Fails,
                (_, fault) => fault,
            };
            store.breaks(call, fault);
            self.notes.fails(call, fault);
        }
        self.asked += 1;
        let mut held = store.holds_the_answer(call);
        let ended = select! {
            biased;
            () = held.reached() => None,
            answer = &mut self.going => Some(answer),
        };
        store.heals();
        match ended {
            None => Ok(held),
            Some(answer) if call == Call::Touch => Err(answer),
            Some(_) => unreachable!("it waits for the store"),
        }
    }
}
