#include "net/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

namespace wardkeep::net {
namespace {

base::Error TlsError(const std::string& what) {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  return {base::ErrorCode::kInvalid, what, text.data()};
}

// Only HTTP/1.1 is spoken here; a client that offers protocols without it is served HTTP/1.1 all the same.
int SelectProtocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                   unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  unsigned char* selected = nullptr;
  const int found =
      SSL_select_next_proto(&selected, out_length, kHttp11, sizeof kHttp11 - 1, offered, offered_length);
  *out = selected;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

// Without this callback OpenSSL asks the terminal for the password of an encrypted key.
int RefusePassword(char*, int, int, void*) {
  return 0;
}

}  // namespace

base::Result<std::shared_ptr<ssl_ctx_st>> MakeTlsContext(const TlsFiles& files) {
  const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return TlsError("cannot set up TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  // Of TLS 1.2 only suites with forward secrecy and authenticated encryption; those of TLS 1.3 all are.
  if (SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    return TlsError("cannot set up TLS");
  }
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_ENABLE_PARTIAL_WRITE);
  SSL_CTX_set_alpn_select_cb(context.get(), SelectProtocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context.get(), RefusePassword);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_chain.c_str()) != 1) {
    return TlsError("cannot use the certificate chain in `" + files.certificate_chain + "`");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.private_key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return TlsError("cannot use the private key in `" + files.private_key + "` with that certificate");
  }
  return context;
}

}  // namespace wardkeep::net
