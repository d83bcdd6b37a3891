//! Sockets: who connects, with or without TLS, and how long anybody may take.

use super::hall::Hall;
use super::routes;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Who has not sent a request's head by then is let go (safety notes, "Classroom server").
const HEAD: Duration = Duration::from_secs(5);
/// Who does not read what is sent for so long is let go: a phone that went away.
const UNREAD: Duration = Duration::from_secs(20);
/// Connections at a time: 500 students with a stream and a request each, and room for reloads.
const CONNECTIONS: usize = 2500;

/// Serves until told to stop.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, hall: Arc<Hall>) {
    let app = routes::router(Arc::clone(&hall));
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut closing = hall.closing();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = closing.wait_for(|closing| *closing) => return,
        };
        let Ok((stream, from)) = accepted else {
            // Out of file handles, most likely: others must finish first.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(permit) = Arc::clone(&room).try_acquire_owned() else { continue };
        let (app, tls) = (app.clone(), tls.clone());
        tokio::spawn(async move {
            let _permit = permit;
            // What a connection ends with is its own affair: a phone that goes away is no error of ours, and what was said is in no log.
            let _ = connection(stream, from, tls, app).await;
        });
    }
}

async fn connection(stream: TcpStream, from: SocketAddr, tls: Option<TlsAcceptor>, app: Router) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let stream = Patient { inner: stream, until: None };
    match tls {
        None => requests(stream, from, app).await,
        Some(tls) => {
            let stream = timeout(HEAD, tls.accept(stream)).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            requests(stream, from, app).await
        }
    }
}

async fn requests<S: AsyncRead + AsyncWrite + Unpin + 'static>(stream: S, from: SocketAddr, app: Router) -> io::Result<()> {
    let service = app.map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        request.map(axum::body::Body::new)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024).keep_alive(true);
    http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).await.map_err(io::Error::other)
}

/// A stream whose other side has to read.
struct Patient<S> {
    inner: S,
    until: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    /// A write that has to wait waits so long and no longer.
    fn waited<T>(&mut self, context: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.until = None;
            return polled;
        }
        let until = self.until.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + UNREAD)));
        match until.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.waited(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.inner).poll_flush(context);
        self.waited(context, polled)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
