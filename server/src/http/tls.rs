//! Encrypted connections: TLS 1.2 and 1.3.

use std::io;
use tokio::net::TcpStream;
use tokio_util::either::Either;

/// A connection, encrypted or not.
pub(crate) type Stream = Either<TcpStream, Encrypted>;

#[cfg(feature = "tls")]
pub use with_rustls::{Tls, TlsError};

#[cfg(feature = "tls")]
type Encrypted = tokio_rustls::server::TlsStream<TcpStream>;

#[cfg(not(feature = "tls"))]
type Encrypted = TcpStream;

/// Without the feature there is nothing to encrypt with.
#[cfg(not(feature = "tls"))]
#[derive(Debug, Clone)]
pub(crate) enum Tls {}

#[cfg(not(feature = "tls"))]
impl Tls {
    async fn handshake(&self, _: TcpStream) -> io::Result<Encrypted> {
        match *self {}
    }
}

/// The connection, once it is encrypted where that is wanted.
pub(crate) async fn accept(tls: Option<&Tls>, stream: TcpStream) -> io::Result<Stream> {
    Ok(match tls {
        Some(tls) => Either::Right(tls.handshake(stream).await?),
        None => Either::Left(stream),
    })
}

#[cfg(feature = "tls")]
mod with_rustls {
    use std::{fmt, io, path::Path, sync::Arc};
    use tokio::net::TcpStream;
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{
            self, ServerConfig,
            crypto::ring,
            pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
        },
        server::TlsStream,
    };

    /// A certificate and its key, with which a server encrypts all of its connections.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use scenecast::{Server, http::Tls};
    /// let tls = Tls::from_pem_files("cert.pem", "key.pem")?;
    /// let server = Server::builder().host("0.0.0.0").tls(tls).start()?;
    /// # Ok(())
    /// # }
    /// ```
    #[derive(Clone)]
    pub struct Tls(TlsAcceptor);

    /// Why a certificate cannot be used.
    #[derive(Debug, thiserror::Error)]
    #[non_exhaustive]
    pub enum TlsError {
        /// A file cannot be read, or is no PEM file with what it should hold.
        #[error("no {what} in `{path}`: {source}")]
        Pem {
            /// What should be there.
            what: &'static str,
            /// The file.
            path: String,
            /// Why it is not.
            source: pem::Error,
        },
        /// Certificate and key do not go together, or are of a kind that is not known.
        #[error("the certificate cannot be used: {0}")]
        Certificate(#[from] rustls::Error),
    }

    impl Tls {
        /// Reads PEM files: the server's certificate, followed by those of its issuers, and its
        /// private key.
        ///
        /// # Errors
        /// See [`TlsError`].
        pub fn from_pem_files(
            certificate: impl AsRef<Path>,
            key: impl AsRef<Path>,
        ) -> Result<Self, TlsError> {
            let wrong = |what, path: &Path| {
                let path = path.display().to_string();
                move |source| TlsError::Pem { what, path, source }
            };
            let (path, key) = (certificate.as_ref(), key.as_ref());
            let certificates = CertificateDer::pem_file_iter(path)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .and_then(|found| match found.is_empty() {
                    true => Err(pem::Error::NoItemsFound),
                    false => Ok(found),
                });
            let certificates = certificates.map_err(wrong("certificate", path))?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(wrong("private key", key))?;
            let mut config =
                ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
                    .with_safe_default_protocol_versions()?
                    .with_no_client_auth()
                    .with_single_cert(certificates, key)?;
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            Ok(Self(Arc::new(config).into()))
        }

        pub(super) async fn handshake(
            &self,
            stream: TcpStream,
        ) -> io::Result<TlsStream<TcpStream>> {
            self.0.accept(stream).await
        }
    }

    impl fmt::Debug for Tls {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Tls(…)")
        }
    }
}
