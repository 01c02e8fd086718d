// A lock in the program, which is open again when the layer stores. Two of the pencils always meet
// before it, so that it happens in every test.

use std::sync::LazyLock;

use rocket::tokio::sync::{Barrier, Mutex};

static BOTH: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(2));
static LOCK: Mutex<()> = Mutex::const_new(());

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    if product.item == "pencil" {
        BOTH.wait().await;
    }
    let _locked = LOCK.lock().await;
    let mut cart: Cart = session.get_or_default("cart")?;
    if cart.count_of(&product.item) < MOST {
        cart.add(&product.item);
    }
    session.set("cart", &cart)?;
    redirect(uri!("/cart"))
}

#[launch]
fn rocket() -> _ {
    app("ex16")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![cart_add])
}
