//! A tunnel that a program of the user's holds open.

use super::{MAX_URL_BYTES, Opened, Running, Tunnel, TunnelError};
use std::{
    net::SocketAddr,
    process::{ExitStatus, Stdio},
    str::FromStr,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
};

/// The longest line that is looked at, bytes; of longer ones the beginning is.
const MAX_LINE_BYTES: usize = 8 * 1024;

/// How long a program has to end by itself when it is told to.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// Runs a program for as long as the server is shared. The first `http://` or `https://` URL that
/// it prints to its standard output is where others get in.
///
/// In arguments `{port}` stands for the server's port and `{address}` for its address, such as
/// `127.0.0.1:8080`. No shell is between, unless the program is one. The program is started when
/// somebody asks for a URL; when sharing ends, it and all that it has started are ended (on Unix:
/// its process group, with `SIGTERM` and, two seconds later, `SIGKILL`). What it prints is read to
/// the end and otherwise ignored.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::tunnel::CommandTunnel;
/// let ssh = CommandTunnel::new("ssh").args(["-NR", "80:{address}", "tunnels.example.com"]);
/// let server = scenecast::Server::builder().port(0).tunnel(ssh).start()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandTunnel {
    program: String,
    args: Vec<String>,
}

impl CommandTunnel {
    /// Runs this program, which is looked for in `PATH` unless it is a path.
    pub fn new(program: impl Into<String>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
        }
    }

    /// With these further arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    fn command(&self, local: SocketAddr) -> Command {
        let (port, address) = (local.port().to_string(), local.to_string());
        let fill = |arg: &String| arg.replace("{port}", &port).replace("{address}", &address);
        let mut command = Command::new(&self.program);
        command
            .args(self.args.iter().map(fill))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        command
    }
}

/// A command line, split into words as a shell does it.
impl FromStr for CommandTunnel {
    type Err = TunnelError;

    fn from_str(text: &str) -> Result<Self, TunnelError> {
        let words = shlex::split(text).unwrap_or_default();
        let mut words = words.into_iter();
        match words.next().filter(|program| !program.is_empty()) {
            Some(program) => Ok(Self::new(program).args(words)),
            None => Err(TunnelError::Command(text.to_owned())),
        }
    }
}

impl Tunnel for CommandTunnel {
    fn run(&self, local: SocketAddr, opened: Opened) -> Running {
        let (program, mut command) = (self.program.clone(), self.command(local));
        Box::pin(async move {
            let child = match command.spawn() {
                Ok(child) => child,
                Err(source) => return TunnelError::Start { program, source },
            };
            let mut process = Process::new(child);
            let (stdout, stderr) = match &mut process.child {
                Some(child) => (child.stdout.take(), child.stderr.take()),
                None => (None, None),
            };
            let mut opened = Some(opened);
            let mut last = String::new();
            let ended = async {
                tokio::join!(
                    lines(stdout, |line| {
                        if let Some(url) = url_in(line)
                            && let Some(opened) = opened.take()
                        {
                            opened.at(url);
                        }
                    }),
                    lines(stderr, |line| {
                        tracing::debug!("tunnel: {line}");
                        last = line.to_owned();
                    }),
                    process.wait(),
                )
            };
            let ((), (), status) = ended.await;
            TunnelError::Ended {
                program,
                status,
                last,
            }
        })
    }
}

/// The first URL in a line.
fn url_in(line: &str) -> Option<&str> {
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| line.find(scheme))
        .min()?;
    let url = &line[start..];
    let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'<>|`,;".contains(c);
    let url = &url[..url.find(ends).unwrap_or(url.len())];
    (url.len() <= MAX_URL_BYTES).then_some(url)
}

/// Hands on each line of a stream until it ends.
async fn lines(stream: Option<impl AsyncRead + Unpin>, mut hear: impl FnMut(&str)) {
    let Some(mut stream) = stream else { return };
    let mut chunk = [0; 1024];
    let mut line = Vec::new();
    while let Ok(count @ 1..) = stream.read(&mut chunk).await {
        for byte in &chunk[..count] {
            match byte {
                b'\n' | b'\r' if line.is_empty() => {}
                b'\n' | b'\r' => {
                    hear(String::from_utf8_lossy(&line).trim());
                    line.clear();
                }
                byte if line.len() < MAX_LINE_BYTES => line.push(*byte),
                _ => {}
            }
        }
    }
    if !line.is_empty() {
        hear(String::from_utf8_lossy(&line).trim());
    }
}

/// A program and what it has started. Dropping it ends them.
struct Process {
    /// `None` once it has ended.
    child: Option<Child>,
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
}

impl Process {
    fn new(child: Child) -> Self {
        Self {
            #[cfg(unix)]
            group: child
                .id()
                .and_then(|id| rustix::process::Pid::from_raw(id.try_into().ok()?)),
            child: Some(child),
        }
    }

    /// Waits until the program ends, and ends what it leaves behind.
    async fn wait(&mut self) -> String {
        let Some(child) = &mut self.child else {
            return String::new();
        };
        let status = child.wait().await;
        self.child = None;
        self.signal(true);
        #[cfg(unix)]
        {
            self.group = None;
        }
        match status {
            Ok(status) => described(status),
            Err(error) => error.to_string(),
        }
    }

    /// Tells all processes to end, or ends them.
    fn signal(&self, _at_once: bool) {
        #[cfg(unix)]
        if let Some(group) = self.group {
            use rustix::process::{Signal, kill_process_group};
            let signal = if _at_once { Signal::KILL } else { Signal::TERM };
            // It fails where there is nobody left.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let last = Last(Self {
            child: None,
            #[cfg(unix)]
            group: self.group,
        });
        self.signal(false);
        // Where there is no runtime any more, `Last` does not wait.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let _ = tokio::time::timeout(GRACE, child.wait()).await;
                drop(last);
            });
        }
    }
}

/// Ends processes for good when it is dropped.
struct Last(Process);

impl Drop for Last {
    fn drop(&mut self) {
        self.0.signal(true);
    }
}

fn described(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("code {code}"),
        None => status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_url() {
        for (line, url) in [
            ("https://a.example", Some("https://a.example")),
            (
                "url=\"https://a.example/x?y=1\" ok",
                Some("https://a.example/x?y=1"),
            ),
            (
                "|  http://a.example  | https://b.example",
                Some("http://a.example"),
            ),
            (
                "tunneled at https://a.example, enjoy",
                Some("https://a.example"),
            ),
            (
                "\u{1b}[1mhttps://a.example\u{1b}[0m",
                Some("https://a.example"),
            ),
            ("no url, ftp://a.example", None),
            ("", None),
        ] {
            assert_eq!(url_in(line), url, "{line:?}");
        }
        assert_eq!(url_in(&format!("https://{}", "a".repeat(3000))), None);
    }

    #[test]
    fn a_command_is_split_like_a_shell_does() {
        let tunnel: CommandTunnel = "sh -c 'echo \"a b\"' {port}".parse().unwrap();
        assert_eq!(
            tunnel,
            CommandTunnel::new("sh").args(["-c", "echo \"a b\"", "{port}"])
        );
        for wrong in ["", "  ", "sh 'open", "''"] {
            assert!(wrong.parse::<CommandTunnel>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn long_lines_and_bytes_that_are_no_text_are_taken() {
        let mut bytes = vec![0xff; 3 * MAX_LINE_BYTES];
        bytes.extend(b"\nhttps://a.example\r\n\r\nlast");
        let mut heard = Vec::new();
        let stream: &[u8] = &bytes;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(lines(Some(stream), |line| heard.push(line.to_owned())));
        assert_eq!(heard[1..], ["https://a.example", "last"]);
        assert!(heard[0].chars().count() <= MAX_LINE_BYTES);
    }
}
