//! Passwords are kept as argon2id hashes (RFC 9106), in the strength that OWASP recommends.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use onedesk_contract::fields::Password;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::state::AppState;

/// 19 MiB of memory, two passes, one lane (OWASP Password Storage Cheat Sheet).
static ARGON2ID: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19 * 1024, 2, 1, None).expect("parameters within the bounds of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// What the password of an unknown user is compared with, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let password = rand::random::<[u8; 16]>();
    ARGON2ID
        .hash_password(&password)
        .expect("random bytes can be hashed")
        .to_string()
});

/// Makes ready what unknown users are compared with, before the first of them comes. Takes its time.
pub fn prepare() {
    LazyLock::force(&NOBODY);
}

/// Hashes a new password, on a thread where that may take its time.
pub async fn hash(state: &AppState, password: Password) -> Result<String, Error> {
    hash_at(&state.hashing, password).await
}

/// The same without a server, in one of these places.
pub async fn hash_at(places: &Arc<Semaphore>, password: Password) -> Result<String, Error> {
    on_thread(places, move || {
        ARGON2ID
            .hash_password(password.expose().as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| error.to_string())
    })
    .await?
    .map_err(Error::internal)
}

/// Whether the password is the one that `stored` was made of. Without a stored one it is not, after as much work.
pub async fn verify(state: &AppState, password: String, stored: Option<String>) -> Result<bool, Error> {
    on_thread(&state.hashing, move || {
        let known = stored.is_some();
        let stored = stored.as_deref().unwrap_or(&NOBODY);
        let hash = PasswordHash::new(stored).map_err(|error| error.to_string())?;
        Ok(ARGON2ID.verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await?
    .map_err(|error: String| Error::internal(error))
}

/// No more at once than there are processors: each takes 19 MiB, and more would only wait for each other.
///
/// The place belongs to the thread, which cannot be stopped: a visitor who hangs up meanwhile frees nothing.
async fn on_thread<T: Send + 'static>(
    places: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .map_err(Error::internal)?;
    let work = move || {
        let done = work();
        drop(place);
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_name_their_strength() {
        let hash = ARGON2ID
            .hash_password(b"correct horse battery")
            .expect("hashed")
            .to_string();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let parsed = PasswordHash::new(&hash).expect("a PHC string");
        assert!(
            ARGON2ID
                .verify_password(b"correct horse battery", &parsed)
                .is_ok()
        );
        assert!(ARGON2ID.verify_password(b"correct horse", &parsed).is_err());
    }

    #[tokio::test]
    async fn who_hangs_up_frees_no_place_before_the_work_is_done() {
        let places = Arc::new(Semaphore::new(1));
        let (begun, begins) = tokio::sync::oneshot::channel();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let work = move || {
            begun.send(()).expect("the test waits");
            ended.recv().expect("the test goes on");
        };
        let on_its_way = Arc::clone(&places);
        let visitor = tokio::spawn(async move { on_thread(&on_its_way, work).await });
        begins.await.expect("the work begins");
        visitor.abort();
        assert!(visitor.await.is_err_and(|error| error.is_cancelled()));
        assert_eq!(places.available_permits(), 0);
        end.send(()).expect("the work still runs");
        let place = tokio::time::timeout(std::time::Duration::from_secs(5), places.acquire()).await;
        assert!(place.is_ok(), "the place is free after the work");
    }
}
