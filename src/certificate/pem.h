// PEM text (RFC 7468) split into its blocks, strictly: nothing but white space outside of blocks, labels that
// agree, base64 without garbage. Blocks with RFC 1421 headers (encrypted keys) are told apart, never decoded.
// Pure functions; the bytes of a block may be a private key and are wiped with it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace wardkeep::certificate {

struct PemBlock {
  std::string label;  // "CERTIFICATE"
  base::Secret der;   // decoded bytes
  bool has_headers = false;

  std::span<const uint8_t> bytes() const;
};

// nullopt when the text is not made of 1 to `max_blocks` blocks.
std::optional<std::vector<PemBlock>> ReadPem(std::string_view text, std::size_t max_blocks);

// The text as AWS keeps it: without white space around it, CRLF turned into LF (data-formats section 10).
std::string TidyPem(std::string_view text);

// A tidy text cut behind its first block: that block, and the tidy rest, empty when there is none. Text that
// is no PEM comes back whole.
struct PemParts {
  std::string first;
  std::string rest;
};
PemParts CutFirstBlock(std::string_view tidy);

// The bytes as one block with lines of 64 characters.
std::string WritePem(std::string_view label, std::span<const uint8_t> der);

}  // namespace wardkeep::certificate
