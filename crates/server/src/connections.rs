//! Connections: how many there may be at once, and how long a request may take to arrive.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// What a server lets its visitors do to it.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Connections at once; more wait until one ends.
    pub connections: usize,
    /// How long the head of a request may take to arrive, and how long a connection may wait for the next request. A proxy
    /// in front that keeps connections has to give them up sooner.
    pub head: Duration,
}

impl Default for Allowance {
    /// Below 1024, which is as many files as a program may have open on many systems; the database needs some too.
    fn default() -> Self {
        Self {
            connections: 900,
            head: Duration::from_secs(10),
        }
    }
}

/// Serves until told to stop. Then no new connection is taken, those that wait are closed, and requests that are under
/// way are answered.
///
/// `axum::serve` does the same, but sets no time limit: a visitor who never finishes a request would hold a connection
/// for ever.
pub async fn serve(listener: TcpListener, app: Router, stop: CancellationToken, allowance: Allowance) {
    let places = Arc::new(Semaphore::new(allowance.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(allowance.head);
    let connections = TaskTracker::new();
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (accept(&listener).await, place)
        };
        let ((stream, peer), place) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accepted => accepted,
        };
        let connection = connection(http.clone(), stream, peer, app.clone(), stop.clone());
        connections.spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// The next connection. One that broke before it was taken is no reason to pause; a lack of file handles is.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken, will be tried again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn connection(
    http: http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    stop: CancellationToken,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = app.clone().oneshot(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut serving = pin!(http.serve_connection(TokioIo::new(stream), service));
    let outcome = tokio::select! {
        outcome = serving.as_mut() => outcome,
        () = stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "connection ended");
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a test that unwraps nothing ends with the place where it failed"
)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
    const LONG: Duration = Duration::from_mins(1);

    async fn serving(allowance: Allowance) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let app = Router::new().route("/", get(async || "here")).route(
            "/slow",
            get(async || {
                tokio::time::sleep(Duration::from_millis(300)).await;
                "slowly"
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let task = tokio::spawn(serve(listener, app, stop.clone(), allowance));
        (address, stop, task)
    }

    async fn answer(connection: &mut TcpStream) -> String {
        let mut bytes = [0; 1024];
        let read = connection.read(&mut bytes).await.unwrap();
        String::from_utf8_lossy(&bytes[..read]).into_owned()
    }

    #[tokio::test]
    async fn one_more_than_allowed_waits_for_a_place() {
        let (address, _stop, _task) = serving(Allowance {
            connections: 1,
            head: LONG,
        })
        .await;
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut first).await.ends_with("here"));
        let mut second = TcpStream::connect(address).await.unwrap();
        second.write_all(REQUEST).await.unwrap();
        let early = tokio::time::timeout(Duration::from_millis(200), answer(&mut second)).await;
        assert!(early.is_err(), "{early:?}");
        drop(first);
        assert!(answer(&mut second).await.ends_with("here"));
    }

    #[tokio::test]
    async fn a_request_that_does_not_arrive_loses_its_place() {
        let (address, _stop, _task) = serving(Allowance {
            connections: 1,
            head: Duration::from_millis(200),
        })
        .await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(&REQUEST[..REQUEST.len() - 2]).await.unwrap();
        let mut silent = TcpStream::connect(address).await.unwrap();
        let mut third = TcpStream::connect(address).await.unwrap();
        third.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut third).await.ends_with("here"));
        for connection in [&mut slow, &mut silent] {
            let told = answer(connection).await;
            assert!(!told.contains(" 200 "), "{told}");
        }
    }

    #[tokio::test]
    async fn stopping_closes_what_waits_and_answers_what_is_under_way() {
        let (address, stop, task) = serving(Allowance {
            connections: 9,
            head: LONG,
        })
        .await;
        let mut waiting = TcpStream::connect(address).await.unwrap();
        waiting.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut waiting).await.ends_with("here"));
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
        assert_eq!(answer(&mut waiting).await, "");
        assert!(answer(&mut slow).await.ends_with("slowly"));
        task.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
