#include "server/token_seeds.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "base/base32.h"
#include "base/hex.h"
#include "base/trim.h"
#include "pipeline/second_factor.h"

namespace wardkeep::server {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostTokens = 10'000;
constexpr std::size_t kShortestSeed = 16;  // RFC 4226 asks for 128 bits
constexpr std::size_t kLongestSeed = 128;

constexpr std::array<std::pair<std::string_view, entity::TotpHash>, 3> kHashes = {
    {{"sha1", entity::TotpHash::kSha1},
     {"sha256", entity::TotpHash::kSha256},
     {"sha512", entity::TotpHash::kSha512}}};
constexpr std::array<std::string_view, 6> kColumns = {"serial", "hex", "base32", "digits", "period", "hash"};

std::string_view Trimmed(std::string_view text) {
  return base::Trim(text, " \t\r");
}

std::vector<std::string_view> SplitLine(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.push_back(Trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

// A name that a SerialNumber parameter can carry and that is no ARN, whose form is that of other devices.
bool IsSerial(std::string_view text) {
  const auto allowed = [](char c) {
    const char low = base::AsciiLower(c);
    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("_+=/:.@-").find(c) != std::string_view::npos;
  };
  return text.size() >= 9 && text.size() <= 256 && std::all_of(text.begin(), text.end(), allowed) &&
         !base::AsciiLower(text.substr(0, 4)).starts_with("arn:");
}

// The cells of one line by the names of their columns.
class Row {
 public:
  Row(const std::vector<std::string>& columns, const std::vector<std::string_view>& cells)
      : columns_(columns), cells_(cells) {}

  std::optional<std::string_view> Find(std::string_view column) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] == column && !cells_[i].empty()) return cells_[i];
    }
    return std::nullopt;
  }
  std::optional<int> Number(std::string_view column, int fallback) const {
    const auto text = Find(column);
    if (!text) return fallback;
    int number = 0;
    const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (status != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return number;
  }

 private:
  const std::vector<std::string>& columns_;
  const std::vector<std::string_view>& cells_;
};

std::optional<base::Secret> ReadSeed(const Row& row) {
  std::optional<std::vector<uint8_t>> bytes;
  if (const auto hex = row.Find("hex")) bytes = base::HexDecode(*hex);
  if (const auto base32 = row.Find("base32")) bytes = base::Base32Decode(*base32);
  if (!bytes || bytes->size() < kShortestSeed || bytes->size() > kLongestSeed) return std::nullopt;
  return base::Secret(std::string(bytes->begin(), bytes->end()));
}

base::Result<TokenSeed, std::string> ReadToken(const Row& row) {
  TokenSeed token;
  const auto serial = row.Find("serial");
  if (!serial || !IsSerial(*serial)) {
    return std::string("the serial number must be 9 to 256 letters, digits or _+=/:.@- and no ARN");
  }
  token.serial_number = *serial;
  auto seed = ReadSeed(row);
  if (!seed) return std::string("the seed must be 16 to 128 bytes in the form its column names");
  token.seed = std::move(*seed);
  if (row.Number("digits", entity::kTotpDigits) != entity::kTotpDigits)
    return std::string("digits must be 6");
  const auto period = row.Number("period", 30);
  if (period != 30 && period != 60) return std::string("the period must be 30 or 60");
  token.form.period_seconds = *period;
  const std::string hash = base::AsciiLower(row.Find("hash").value_or("sha1"));
  const auto known =
      std::find_if(kHashes.begin(), kHashes.end(), [&](const auto& each) { return each.first == hash; });
  if (known == kHashes.end()) return std::string("the hash must be sha1, sha256 or sha512");
  token.form.hash = known->second;
  return token;
}

base::Result<std::vector<std::string>> ReadHeader(std::string_view line) {
  std::vector<std::string> columns;
  for (const std::string_view cell : SplitLine(line)) columns.push_back(base::AsciiLower(cell));
  const auto count = [&](std::string_view name) { return std::count(columns.begin(), columns.end(), name); };
  bool known = true;
  for (const std::string& column : columns) {
    known =
        known && std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end() && count(column) == 1;
  }
  if (!known || count("serial") != 1 || count("hex") + count("base32") != 1) {
    return Error(ErrorCode::kInvalid,
                 "line 1 must name the columns: serial, hex or base32, and if needed digits, period, hash");
  }
  return columns;
}

std::string_view TakeLine(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = Trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

base::Result<std::vector<TokenSeed>> ReadTokenSeeds(std::string_view csv) {
  WK_ASSIGN(const std::vector<std::string> columns, ReadHeader(TakeLine(csv)));
  std::vector<TokenSeed> tokens;
  std::set<std::string> serials;
  for (std::size_t number = 2; !csv.empty(); ++number) {
    const std::string_view line = TakeLine(csv);
    if (line.empty()) continue;
    const auto wrong = [&](const std::string& what) {
      return Error(ErrorCode::kInvalid, "line " + std::to_string(number) + ": " + what);
    };
    const auto cells = SplitLine(line);
    if (cells.size() != columns.size()) return wrong("it has not as many cells as the header");
    auto token = ReadToken(Row(columns, cells));
    if (!token) return wrong(token.error());
    if (!serials.insert(base::AsciiLower(token->serial_number)).second) {
      return wrong("the serial number is there twice");
    }
    if (tokens.size() == kMostTokens) return wrong("there are more than 10,000 tokens");
    tokens.push_back(std::move(token).value());
  }
  if (tokens.empty()) return Error(ErrorCode::kInvalid, "the file has no tokens");
  return tokens;
}

void ImportTokenSeeds(const pipeline::Services& services, const base::AccountId& account,
                      std::vector<TokenSeed> seeds, std::function<void(base::Result<std::size_t>)> done) {
  std::string taken;
  const base::Instant now = services.clock.Now();
  const std::size_t count = seeds.size();
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    for (TokenSeed& seed : seeds) {
      if (edit.state().FindMfaDevice(seed.serial_number) != nullptr) {
        taken = seed.serial_number;
        return false;
      }
      entity::MfaDevice device;
      device.kind = entity::MfaKind::kHardware;
      device.create_date = now;
      device.totp.emplace().form = seed.form;
      device.totp->sealed_seed = services.keys.mfa_seed.Seal(
          seed.seed.Reveal(), pipeline::MfaDeviceKey(account, seed.serial_number));
      device.serial_number = std::move(seed.serial_number);
      edit.PutMfaDevice(std::move(device));
    }
    return true;
  };
  const auto written = [done, count](const base::Result<void>& committed) {
    if (!committed) return done(committed.error());
    done(count);
  };
  if (!services.directory.Write(account, mutate, written)) {
    done(Error(ErrorCode::kAlreadyExists, "the account already has a device with serial number " + taken));
  }
}

}  // namespace wardkeep::server
