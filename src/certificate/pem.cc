#include "certificate/pem.h"

#include <cstring>
#include <utility>

#include "base/base64.h"
#include "base/trim.h"

namespace wardkeep::certificate {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kMaxLabel = 64;
constexpr std::size_t kLineLength = 64;

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void SkipSpace(std::string_view& text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
}

// Takes "-----BEGIN LABEL-----" and gives the label.
std::optional<std::string_view> TakeLabel(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return std::nullopt;
  text.remove_prefix(start.size());
  const auto end = text.find(kDashes);
  if (end == std::string_view::npos || end == 0 || end > kMaxLabel) return std::nullopt;
  const std::string_view label = text.substr(0, end);
  if (label.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
  text.remove_prefix(end + kDashes.size());
  return label;
}

std::optional<PemBlock> TakeBlock(std::string_view& text) {
  const auto label = TakeLabel(text, kBegin);
  if (!label) return std::nullopt;
  const auto end = text.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view body = text.substr(0, end);
  text.remove_prefix(end);
  if (TakeLabel(text, kEnd) != label) return std::nullopt;
  PemBlock block;
  block.label = *label;
  if (body.find(':') != std::string_view::npos) {
    block.has_headers = true;
    return block;
  }
  std::string packed;
  packed.reserve(body.size());
  for (const char c : body) {
    if (!IsSpace(c)) packed.push_back(c);
  }
  const base::Secret characters(std::move(packed));
  auto bytes = base::Base64Decode(characters.Reveal());
  if (!bytes || bytes->empty()) return std::nullopt;
  block.der = base::Secret(std::string(bytes->begin(), bytes->end()));
  explicit_bzero(bytes->data(), bytes->size());
  return block;
}

}  // namespace

std::span<const uint8_t> PemBlock::bytes() const {
  return base::AsBytes(der.Reveal());
}

std::optional<std::vector<PemBlock>> ReadPem(std::string_view text, std::size_t max_blocks) {
  std::vector<PemBlock> blocks;
  SkipSpace(text);
  while (!text.empty()) {
    if (blocks.size() == max_blocks) return std::nullopt;
    auto block = TakeBlock(text);
    if (!block) return std::nullopt;
    blocks.push_back(std::move(*block));
    SkipSpace(text);
  }
  if (blocks.empty()) return std::nullopt;
  return blocks;
}

std::string TidyPem(std::string_view text) {
  std::string tidy;
  const std::string_view trimmed = base::Trim(text, base::kBlanksAndLineEnds);
  tidy.reserve(trimmed.size());
  for (std::size_t i = 0; i < trimmed.size(); ++i) {
    if (trimmed.substr(i, 2) != "\r\n") tidy.push_back(trimmed[i]);
  }
  return tidy;
}

PemParts CutFirstBlock(std::string_view tidy) {
  const auto end = tidy.find(kEnd);
  if (end == std::string_view::npos) return {std::string(tidy), ""};
  const auto dashes = tidy.find(kDashes, end + kEnd.size());
  if (dashes == std::string_view::npos) return {std::string(tidy), ""};
  const std::size_t cut = dashes + kDashes.size();
  return {std::string(tidy.substr(0, cut)),
          std::string(base::Trim(tidy.substr(cut), base::kBlanksAndLineEnds))};
}

std::string WritePem(std::string_view label, std::span<const uint8_t> der) {
  const std::string packed = base::Base64Encode(der);
  std::string text = std::string(kBegin).append(label).append(kDashes).append("\n");
  for (std::size_t at = 0; at < packed.size(); at += kLineLength) {
    text.append(packed, at, kLineLength).append("\n");
  }
  return text.append(kEnd).append(label).append(kDashes).append("\n");
}

}  // namespace wardkeep::certificate
