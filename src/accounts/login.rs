//! Who is it that gives this userid and this password?

use super::{Accounts, Error, User, user};

impl Accounts {
    /// The user whose userid and password these are, as Django's `authenticate` gives it.
    ///
    /// `None` means that the two do not belong together, and never says which of them is wrong:
    /// neither by the answer nor by the time it takes can a visitor find out who has an account.
    ///
    /// # Errors
    ///
    /// The database does not answer, or the password can't be verified now.
    pub async fn authenticate(&self, userid: &str, password: &str) -> Result<Option<User>, Error> {
        let (user, hash) = user::find(&self.database, userid)?.unzip();
        let fits = self.passwords.verify(password, hash).await?;
        Ok(user.filter(|_| fits))
    }
}
