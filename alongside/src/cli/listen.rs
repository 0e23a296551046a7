//! Connections of the server: who is slow to say what they want is let go, so that others are served.

use super::{Failed, say};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// How long the head of a request may take, and how long a connection may lie idle. What may follow it is limited by the route.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// Connections at once; more wait until one is let go. Far more than a service has people, fewer than the system has files.
const CONNECTIONS: usize = 900;
/// How long requests under way have to end when the program is told to stop.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Serves until `stop` ends; then requests under way are answered.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) -> Result<(), Failed> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, arrived) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer) = match arrived {
            Ok(arrived) => arrived,
            Err(error) => {
                // Out of files, or gone before it was taken: the next one may be well.
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let connection = graceful.watch(connection(stream, peer, router.clone()));
        tokio::spawn(async move {
            // What a browser breaks off is no fault of ours.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    say("Alongside stops: requests under way are answered first");
    tokio::select! {
        () = graceful.shutdown() => {}
        // What is still open now are boards that listen for news; their browsers come back by themselves.
        () = tokio::time::sleep(STOP_WITHIN) => {}
    }
    Ok(())
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), service)
}
