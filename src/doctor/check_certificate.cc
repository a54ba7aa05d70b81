#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include "base/time_text.h"
#include "certificate/x509_certificate.h"
#include "doctor/checks.h"
#include "net/tls_context.h"

namespace wardkeep::doctor {
namespace {

constexpr std::chrono::days kSoon{30};
constexpr std::size_t kLongestChain = 1024 * 1024;

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kLongestChain, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

Findings CheckCertificate(const server::Configuration& configuration, base::Instant now) {
  const std::string subject = "certificate";
  if (!configuration.tls) return {{Level::kNote, subject, "none: plain HTTP", ""}};
  const std::string& path = configuration.tls->certificate_chain;
  if (const auto context = net::MakeTlsContext(*configuration.tls); !context) {
    const base::Error& error = context.error();
    return {{Level::kProblem, subject, error.message + (error.cause.empty() ? "" : ": " + error.cause),
             "the chain is PEM with the server's own certificate first; the key is PEM and not encrypted"}};
  }
  const auto chain = certificate::ReadChain(ReadText(path));
  if (!chain) {
    return {{Level::kNote, subject, path + " can be used; its dates could not be read", ""}};
  }
  const certificate::X509Certificate& own = chain->front();
  const std::string renew = "renew it and start the server again";
  if (now < own.not_before()) {
    return {{Level::kProblem, subject, path + " is not valid before " + base::FormatIso8601(own.not_before()),
             "check the clock of this machine"}};
  }
  const std::string until = base::FormatIso8601(own.not_after());
  if (now > own.not_after()) return {{Level::kProblem, subject, path + " ended on " + until, renew}};
  if (own.not_after() - now < kSoon) return {{Level::kWarning, subject, path + " ends on " + until, renew}};
  return {{Level::kOk, subject, path + " and its key belong together and last until " + until, ""}};
}

}  // namespace wardkeep::doctor
