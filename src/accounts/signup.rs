//! Signing up: from a form to an account.

use super::{Accounts, Error, Field, FieldError, FormErrors, SignupForm, User, user};

impl Accounts {
    /// Makes an account, or says everything that is wrong with the form.
    ///
    /// The inner result is the visitor's, the outer one the server's. As Django's `form.is_valid()`
    /// and `form.save()` in one, so that nobody can save without having checked.
    ///
    /// # Errors
    ///
    /// The database does not answer, or the password can't be hashed now.
    pub async fn sign_up(&self, form: &SignupForm) -> Result<Result<User, FormErrors>, Error> {
        let mut errors = form.errors();
        // So that a taken userid is told together with everything else. It decides nothing: until
        // the insertion somebody else may take it.
        if errors.of(Field::Userid).is_empty() && self.find(&form.userid)?.is_some() {
            errors.add(Field::Userid, &[FieldError::UseridTaken]);
        }
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        let hash = self.passwords.hash(&form.password1).await?;
        let user = User::new(&form.userid, &form.real_name, &form.email);
        let created = user::create(&self.database, user, hash).await?;
        Ok(created.ok_or_else(|| {
            errors.add(Field::Userid, &[FieldError::UseridTaken]);
            errors
        }))
    }
}
