//! `serve`: the classroom in the browser. One process, one room, pages in the binary; nothing goes out, and by default nobody but this machine comes in.

pub mod assets;
pub mod guard;
pub mod hall;
pub mod home;
pub mod keeper;
pub mod limits;
pub mod listen;
pub mod looks;
pub mod pages;
pub mod qr;
pub mod routes;
pub mod stream;
pub mod view;

use self::hall::{Address, Hall, fresh_token};
use self::keeper::Keeper;
use super::{Error, Exit, Globals, Out};
use crate::classroom::code::{code_from, hash_of};
use crate::classroom::{Happened, Room, RoomEvent, Scenarios};
use crate::record::rooms::{self, RoomId};
use crate::record::{Record, now};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What can be typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// Let other machines of this network in; without it only this machine can open the pages
    #[arg(long)]
    pub lan: bool,
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = PORT)]
    pub port: u16,
    /// A certificate in PEM, for https
    #[arg(long, value_name = "FILE", requires = "key")]
    pub cert: Option<PathBuf>,
    /// Its key in PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
    /// A name by which browsers reach this machine, such as the certificate's; may be given again
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Begin with a new room also where the last one was not closed
    #[arg(long)]
    pub new_room: bool,
    /// Keep nothing: the room is gone when the program ends
    #[arg(long)]
    pub no_save: bool,
}

/// Unassigned at IANA's, and easy to type.
pub const PORT: u16 = 7878;

/// Serves a room until Ctrl-C.
///
/// # Errors
/// A certificate that cannot be used, a port that is taken.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let tls = tls(args)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|cause| Error::surroundings("I could not start serving", cause))?;
    runtime.block_on(async {
        let ip = if args.lan { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V4(Ipv4Addr::LOCALHOST) };
        let listener = TcpListener::bind((ip, args.port)).await.map_err(|cause| taken(args.port, cause))?;
        let port = listener.local_addr().map_err(|cause| Error::surroundings("I could not start serving", cause))?.port();
        let address = address(args, port, tls.is_some());
        let (room, keeper, again) = open_room(args, globals, out)?;
        let hall = Hall::new(room, keeper, address);
        let (teach, wall) = open_doors(&hall)?;
        announce(args, &hall, &teach, &wall, again, out)?;
        let serving = tokio::spawn(listen::serve(listener, tls, Arc::clone(&hall)));
        until_stopped().await;
        let kept = hall.keeper().trouble().is_none();
        out.note(if kept {
            "\nThe room is being left. Everything that was said is kept; start the program again to go on."
        } else {
            "\nThe room is being left."
        });
        hall.close();
        // An open stream would hold the door for ever.
        let leave = async {
            let _ = serving.await;
            let seq = hall.look(|room| room.seq);
            hall.keeper().kept_up_to(seq).await;
        };
        tokio::select! { () = leave => {}, () = tokio::time::sleep(Duration::from_secs(2)) => {}, () = until_stopped() => {} }
        Ok(Exit::Fine)
    })
}

fn taken(port: u16, cause: io::Error) -> Error {
    if cause.kind() == io::ErrorKind::AddrInUse {
        let other = port.checked_add(1).unwrap_or(PORT);
        return Error::surroundings(format!("Port {port} is in use, perhaps by another Practicum; --port {other} takes another one"), cause);
    }
    Error::surroundings(format!("I could not listen on port {port}"), cause)
}

/// Ctrl-C, or the system asks to end.
async fn until_stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut hup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = term.recv() => {}, _ = hup.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

fn tls(args: &Args) -> Result<Option<TlsAcceptor>, Error> {
    let (Some(cert), Some(key)) = (&args.cert, &args.key) else { return Ok(None) };
    let unusable = |what: &str, path: &std::path::Path, why: String| Error::unusable(format!("I could not use the {what} `{}`: {why}.", path.display()));
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_file_iter(cert).and_then(Iterator::collect).map_err(|why| unusable("certificate", cert, why.to_string()))?;
    if chain.is_empty() {
        return Err(unusable("certificate", cert, "there is no certificate in it".into()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|why| unusable("key", key, why.to_string()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(tokio_rustls::rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| unusable("certificate", cert, why.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|why| unusable("certificate", cert, why.to_string()))?;
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

/// The hosts that are ours, and the one to tell people.
fn address(args: &Args, port: u16, secure: bool) -> Address {
    let scheme = if secure { "https" } else { "http" };
    let mut names: Vec<String> = args.host.clone();
    if args.lan {
        names.extend(own_address().map(|ip| ip.to_string()));
    }
    names.extend(["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()]);
    let usual = if secure { 443 } else { 80 };
    let with_port = |name: &String| if port == usual { name.clone() } else { format!("{name}:{port}") };
    let allowed: Vec<String> = names.iter().map(with_port).collect();
    Address { scheme, host: allowed.first().cloned().unwrap_or_default(), allowed }
}

/// This machine's address in its network. Nothing is sent: a datagram socket that is "connected" only looks up the way (to an address for documentation).
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified() && !ip.is_loopback())
}

/// The room of last time where it was not closed, or a new one; and where it is kept. The last value says whether it is one of last time.
fn open_room(args: &Args, globals: &Globals, out: &mut Out) -> Result<(Room, Keeper, bool), Error> {
    let scenarios = Scenarios::from(globals.shelf());
    let unkept = |why: String, out: &mut Out| {
        out.note(&format!("practicum: nothing of this room is kept: {why}. It works all the same; take its boards home before you end."));
        new_room(scenarios.clone()).map(|(room, _)| (room, Keeper::in_memory(why), false))
    };
    if args.no_save {
        return unkept("you asked for --no-save".into(), out);
    }
    let Some(folder) = globals.data() else { return unkept("this system names no folder for data".into(), out) };
    let mut record = match Record::open(&folder) {
        Ok((record, _)) => record,
        Err(trouble) => return unkept(trouble.to_string(), out),
    };
    if !args.new_room
        && let Ok(Some((id, room))) = room_of_last_time(&record, &scenarios)
    {
        let from = room.seq;
        return Ok((room, Keeper::start(record, id, from), true));
    }
    let (room, events) = new_room(scenarios.clone())?;
    let begun = record.write(|connection| {
        if let Some(before) = rooms::latest_open(connection)? {
            rooms::close(connection, before)?;
        }
        rooms::begin(connection, now())
    });
    match begun {
        Ok(id) => {
            let keeper = Keeper::start(record, id, 0);
            events.into_iter().for_each(|event| keeper.keep(event));
            Ok((room, keeper, false))
        }
        Err(trouble) => unkept(trouble.to_string(), out),
    }
}

fn room_of_last_time(record: &Record, scenarios: &Scenarios) -> Result<Option<(RoomId, Room)>, crate::record::Trouble> {
    let Some(id) = record.read(rooms::latest_open)? else { return Ok(None) };
    let room = room_of(record, id, scenarios)?;
    Ok((!room.closed && !room.code.is_empty()).then_some((id, room)))
}

/// A room from the record.
///
/// # Errors
/// What the record said.
pub fn room_of(record: &Record, id: RoomId, scenarios: &Scenarios) -> Result<Room, crate::record::Trouble> {
    let mut room = Room::new(scenarios.clone());
    record.read(|connection| {
        rooms::log(connection, id, |row| {
            // A line that this version cannot read changes nothing; the numbers go on.
            if let Ok(what) = serde_json::from_str(&row.what) {
                room.apply(RoomEvent { seq: row.seq, at: row.at, what });
            } else {
                room.seq = row.seq;
            }
        })
    })?;
    Ok(room)
}

fn new_room(scenarios: Scenarios) -> Result<(Room, Vec<RoomEvent>), Error> {
    let mut random = [0; 72];
    getrandom::fill(&mut random).map_err(|cause| Error::surroundings("I could not draw a code", io::Error::other(cause.to_string())))?;
    let (head, tail) = random.split_at(8);
    let seed = head.iter().fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte)) >> 12;
    // 64 bytes hold six fair symbols but once in more tries than anyone makes.
    let code = code_from(tail).unwrap_or_else(|| "222222".to_owned());
    let event = RoomEvent { seq: 1, at: now(), what: Happened::RoomOpened { code, seed } };
    let mut room = Room::new(scenarios);
    room.apply(event.clone());
    Ok((room, vec![event]))
}

/// New secrets for the doors of instructor and projector.
fn open_doors(hall: &Hall) -> Result<(String, String), Error> {
    let drawn = || fresh_token().ok_or_else(|| Error::surroundings("I could not draw a secret", io::Error::other("the system gives no random numbers")));
    let (teach, wall) = (drawn()?, drawn()?);
    hall.write(Happened::SecretsSet { teach: hash_of(&teach), wall: hash_of(&wall) });
    Ok((teach, wall))
}

fn announce(args: &Args, hall: &Hall, teach: &str, wall: &str, again: bool, out: &mut Out) -> Result<(), Error> {
    let page = out.page(false);
    let (code, people) = hall.look(|room| (room.code.clone(), room.present().count()));
    let url = hall.address.url();
    if out.is_terminal() {
        write!(out, "\n{}\n", qr::in_terminal(&format!("{url}?code={code}")))?;
    }
    writeln!(out, "Students:    {url}   code {code}")?;
    writeln!(out, "Instructor:  {url}teach#{teach}")?;
    writeln!(out, "Projector:   {url}wall#{wall}\n")?;
    if again {
        write!(out, "{}", page.paragraph(0, &format!("This is the room of last time, with {people} seated. --new-room begins another one.")))?;
    }
    let who = if !args.lan {
        "Only this machine can open these pages. --lan lets the machines of this network in."
    } else if hall.address.scheme == "https" {
        "Whoever is in this network and has the code can join. What is typed is encrypted on its way to this machine. You, the instructor, can see all of it; students see \
         their own, and what you show to all without names."
    } else {
        "Whoever is in this network and has the code can join. Without a certificate (--cert and --key) what is typed travels in clear, so this network is trusted: who runs \
         it, or listens in it, could read along. You, the instructor, can see all of it; students see their own, and what you show to all without names."
    };
    write!(out, "{}", page.paragraph(0, who))?;
    let after = if hall.keeper().trouble().is_none() { "what was said is kept, and the same command goes on with it" } else { "nothing of it is kept then" };
    write!(out, "{}", page.paragraph(0, &format!("The instructor's link is a key: keep it off the projector. Ctrl-C ends; {after}.")))?;
    Ok(out.flush()?)
}
