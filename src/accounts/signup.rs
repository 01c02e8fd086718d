//! Signing up: from a form to an account.

use super::{AccountError, Accounts, Field, FieldError, FormErrors, SignupForm, User, user};
use crate::session::Timestamp;

/// The time in seconds within which the same form counts as sent twice, by two clicks on its
/// button or by one more try where the first answer was lost.
const SENT_TWICE: Timestamp = 60;

impl Accounts {
    /// Makes an account, or says everything that is wrong with the form.
    ///
    /// The inner result is the visitor's, the outer one the server's. As Django's `form.is_valid()`
    /// and `form.save()` in one, so that no view can save without having checked. The same form
    /// sent twice within a minute makes one account, and gives it twice.
    ///
    /// # Errors
    ///
    /// The database does not answer, or the password can't be hashed now.
    pub async fn sign_up(
        &self,
        form: &SignupForm,
    ) -> Result<Result<User, FormErrors>, AccountError> {
        let errors = form.errors();
        // So that a taken userid is told together with everything else. It decides nothing: until
        // the insertion another visitor may take it.
        if errors.of(Field::Userid).is_empty() && self.find(&form.userid)?.is_some() {
            return self.taken(form, errors).await;
        }
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        let turn = self.passwords.turn(self.from).await?;
        let hash = turn.hash(&form.password1).await?;
        drop(turn);
        let user = form.user(self.clock.now());
        match user::create(&self.database, user, hash).await? {
            Some(user) => Ok(Ok(user)),
            None => self.taken(form, errors).await,
        }
    }

    /// The account that has the userid, if this form has made it a moment ago; else the errors.
    ///
    /// Its password is verified as at a login, wait and all: this is no way to try out many.
    async fn taken(
        &self,
        form: &SignupForm,
        mut errors: FormErrors,
    ) -> Result<Result<User, FormErrors>, AccountError> {
        let found = user::find(&self.database, &form.userid)?;
        if let Some((user, hash)) = found.filter(|_| errors.is_empty())
            && (user.created..=user.created + SENT_TWICE).contains(&self.clock.now())
            && user == form.user(user.created)
            && let Some(_) = self
                .verify(&user.userid, &form.password1, Some(hash))
                .await?
        {
            return Ok(Ok(user));
        }
        errors.add(Field::Userid, &[FieldError::UseridTaken]);
        Ok(Err(errors))
    }
}
