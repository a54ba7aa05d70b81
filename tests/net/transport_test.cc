// What lies under HTTP: TLS, UNIX-domain sockets, addresses.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <memory>
#include <string>

#include "net/listener_fixture.h"
#include "net/server_socket.h"
#include "net/test_certificate.h"

namespace wardkeep::net {
namespace {

using namespace std::chrono_literals;

class TlsTest : public ListenerTest {
 protected:
  TlsTest() { options_.tls = TlsFiles{certificate_.certificate_path(), certificate_.key_path()}; }

  // Null when the handshake fails.
  std::shared_ptr<BIO> Handshake(int newest_version = 0) {
    SSL_CTX_set_max_proto_version(context_.get(), newest_version);
    const std::shared_ptr<BIO> connection(BIO_new_ssl_connect(context_.get()), BIO_free_all);
    BIO_set_conn_hostname(connection.get(), ("127.0.0.1:" + std::to_string(listener_->bound_port())).c_str());
    const bool done = BIO_do_connect(connection.get()) == 1 && BIO_do_handshake(connection.get()) == 1;
    ERR_clear_error();
    return done ? connection : nullptr;
  }

  static std::string ReadAll(BIO& connection) {
    std::string all;
    std::array<char, 16384> chunk;
    for (int n = 0; (n = BIO_read(&connection, chunk.data(), chunk.size())) > 0;) {
      all.append(chunk.data(), static_cast<std::size_t>(n));
    }
    return all;
  }

  TestCertificate certificate_;
  const std::shared_ptr<SSL_CTX> context_{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
};

TEST_F(TlsTest, ServesRequestsAndMarksThemSecure) {
  const std::string large(3'000'000, 'b');
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(
        Text((request.secure ? "secure " : "plain ") + std::to_string(request.body.size()) + request.body));
  };
  Start();
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto connection = Handshake(version);
    ASSERT_TRUE(connection);
    const std::string requests = Request("GET", "/1") + Request("POST", "/2", large, "Connection: close\r\n");
    ASSERT_EQ(BIO_write(connection.get(), requests.data(), static_cast<int>(requests.size())),
              static_cast<int>(requests.size()));
    const std::string answers = ReadAll(*connection);
    EXPECT_NE(answers.find("secure 0"), std::string::npos);
    EXPECT_TRUE(answers.ends_with("secure 3000000" + large));
  }
}

TEST_F(TlsTest, RefusesOldVersions) {
  Start();
  EXPECT_FALSE(Handshake(TLS1_1_VERSION));
  EXPECT_TRUE(Handshake(TLS1_2_VERSION));
}

TEST_F(TlsTest, ClosesConnectionsThatDoNotSpeakTlsOrStall) {
  options_.limits.header_timeout = 100ms;
  Start();
  RawClient plain = Connect();
  plain.Send(Request("GET", "/"));
  EXPECT_TRUE(plain.ClosesWithin(5s));
  RawClient silent = Connect();
  EXPECT_TRUE(silent.ClosesWithin(5s));
  EXPECT_TRUE(Eventually([&] { return listener_->stats().connections == 0; }));
  EXPECT_EQ(listener_->stats().broken_requests, 0U);
}

TEST_F(TlsTest, RefusesBrokenRequests) {
  Start();
  const auto connection = Handshake();
  ASSERT_TRUE(connection);
  BIO_puts(connection.get(), "nonsense\r\n\r\n");
  EXPECT_TRUE(ReadAll(*connection).starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_F(TlsTest, ReportsUnusableFiles) {
  const TestCertificate other;
  const TlsFiles cases[] = {
      {"/nonexistent/certificate.pem", certificate_.key_path()},
      {certificate_.certificate_path(), "/nonexistent/key.pem"},
      {certificate_.certificate_path(), certificate_.certificate_path()},
      {certificate_.certificate_path(), other.key_path()},
  };
  for (const TlsFiles& files : cases) {
    const auto context = MakeTlsContext(files);
    ASSERT_FALSE(context.has_value()) << files.private_key;
    EXPECT_EQ(context.error().code, base::ErrorCode::kInvalid);
  }
}

class UnixSocketTest : public ListenerTest {
 protected:
  UnixSocketTest() : folder_(testing::TempDir() + "wardkeep_unix_XXXXXX") {
    EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    options_.unix_path = folder_ + "/admin.sock";
  }
  ~UnixSocketTest() override {
    listener_.reset();
    ::unlink(options_.unix_path.c_str());
    ::rmdir(folder_.c_str());
  }
  bool Exists() const { return ::access(options_.unix_path.c_str(), F_OK) == 0; }

  std::string folder_;
};

TEST_F(UnixSocketTest, ServesItsOwnerOnlyAndLeavesNothingBehind) {
  handle_ = [](base::HttpRequest request, base::Responder respond) {
    respond(Text(request.peer_address + (request.secure ? " secure" : " plain")));
  };
  Start();
  struct stat found {};
  ASSERT_EQ(::stat(options_.unix_path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0600U);
  EXPECT_EQ(listener_->bound_port(), 0);
  RawClient client = RawClient::Unix(options_.unix_path);
  client.Send(Request("GET", "/"));
  EXPECT_EQ(client.Read()->body, "unix secure");
  listener_->Stop(0ms);
  EXPECT_FALSE(Exists());
}

TEST_F(UnixSocketTest, ReplacesASocketNobodyServes) {
  { auto abandoned = ListenUnix(options_.unix_path); }
  ASSERT_TRUE(Exists());
  Start();
  RawClient client = RawClient::Unix(options_.unix_path);
  client.Send(Request("GET", "/"));
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(UnixSocketTest, LeavesAServedSocketAndOtherFilesAlone) {
  Start();
  const auto second = ListenUnix(options_.unix_path);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, base::ErrorCode::kAlreadyExists);
  RawClient client = RawClient::Unix(options_.unix_path);
  client.Send(Request("GET", "/"));
  EXPECT_EQ(client.Read()->status, 200);

  const std::string file = folder_ + "/file";
  std::ofstream(file) << "kept";
  EXPECT_EQ(ListenUnix(file).error().code, base::ErrorCode::kAlreadyExists);
  EXPECT_EQ(::unlink(file.c_str()), 0);
}

TEST(ServerSocket, ReportsUnusableAddresses) {
  EXPECT_EQ(ListenTcp("localhost", 0).error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(ListenTcp("", 0).error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(ListenTcp("203.0.113.7", 0).error().code, base::ErrorCode::kUnavailable);
  EXPECT_EQ(ListenUnix(std::string(200, 'x')).error().code, base::ErrorCode::kInvalid);
  const auto first = ListenTcp("127.0.0.1", 0);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(ListenTcp("127.0.0.1", BoundPort(*first)).error().code, base::ErrorCode::kUnavailable);
}

TEST(ServerSocket, KnowsLoopbackAddresses) {
  for (const char* yes : {"127.0.0.1", "127.255.0.9", "::1", "[::1]", "::ffff:127.0.0.1"})
    EXPECT_TRUE(IsLoopback(yes)) << yes;
  for (const char* no : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "::ffff:10.0.0.1", "localhost", ""}) {
    EXPECT_FALSE(IsLoopback(no)) << no;
  }
}

}  // namespace
}  // namespace wardkeep::net
