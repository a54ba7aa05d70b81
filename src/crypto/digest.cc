#include "crypto/digest.h"

#include <openssl/evp.h>

#include <memory>
#include <vector>

#include "base/assert.h"
#include "base/base64.h"
#include "base/hex.h"

namespace wardkeep::crypto {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

// Never freed: it must outlive every thread, and OpenSSL's own exit handler may run before ours.
const EVP_MD* FetchedSha256() {
  static const EVP_MD* const kMd = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  WK_ASSERT(kMd != nullptr);
  return kMd;
}

Context MakeContext() {
  Context context(EVP_MD_CTX_new());
  WK_ASSERT(context != nullptr);
  return context;
}

std::vector<Context>& SpareContexts() {
  static thread_local std::vector<Context> spare;
  return spare;
}

constexpr std::size_t kMaxSpare = 4;

EVP_MD_CTX* AsContext(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

}  // namespace

Sha256Digest Sha256Of(std::span<const uint8_t> bytes) {
  static thread_local const Context context = MakeContext();
  Sha256Digest digest{};
  const bool ok = EVP_DigestInit_ex2(context.get(), FetchedSha256(), nullptr) == 1 &&
                  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  WK_ASSERT(ok);
  return digest;
}

Sha256Digest Sha256Of(std::string_view bytes) {
  return Sha256Of(base::AsBytes(bytes));
}

std::string Sha256Hex(std::string_view bytes) {
  return base::HexEncode(Sha256Of(bytes));
}

Sha256::Sha256() {
  auto& spare = SpareContexts();
  if (spare.empty()) {
    context_ = MakeContext().release();
  } else {
    context_ = spare.back().release();
    spare.pop_back();
  }
  WK_ASSERT(EVP_DigestInit_ex2(AsContext(context_), FetchedSha256(), nullptr) == 1);
}

Sha256::~Sha256() {
  Context context(AsContext(context_));
  auto& spare = SpareContexts();
  if (spare.size() < kMaxSpare) spare.push_back(std::move(context));
}

void Sha256::Update(std::span<const uint8_t> bytes) {
  WK_ASSERT(EVP_DigestUpdate(AsContext(context_), bytes.data(), bytes.size()) == 1);
}

void Sha256::Update(std::string_view bytes) {
  Update(base::AsBytes(bytes));
}

Sha256Digest Sha256::Finish() {
  Sha256Digest digest{};
  WK_ASSERT(EVP_DigestFinal_ex(AsContext(context_), digest.data(), nullptr) == 1);
  return digest;
}

}  // namespace wardkeep::crypto
