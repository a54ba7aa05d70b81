#include "policy/index/condition_blocks.h"

namespace wardkeep::policy {
namespace {

// Writes everything about a test that its result depends on: equal texts, equal results.
class Identity {
 public:
  void Add(const CompiledTest& test) {
    Text(test.key);
    Number(static_cast<uint64_t>(test.comparator));
    Number(static_cast<uint64_t>(test.qualifier));
    Number(test.negated ? 1 : 0);
    Number(test.if_exists ? 1 : 0);
    if (test.comparator == Comparator::kArnGlob) Number(test.in_deny ? 1 : 0);
    Number(test.operands.size());
    for (const Operand& operand : test.operands) {
      Number(operand.index());
      std::visit([&](const auto& value) { Value(value); }, operand);
    }
  }
  std::string Take() { return std::move(out_); }

 private:
  void Number(uint64_t number) { out_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  void Text(std::string_view text) {
    Number(text.size());
    out_ += text;
  }
  void Value(std::monostate) {}
  void Value(bool wanted) { Number(wanted ? 1 : 0); }
  void Value(const Base64Text& wanted) { Text(wanted.text); }
  void Value(const Decimal& number) {
    Number(number.negative ? 1 : 0);
    Number(static_cast<uint64_t>(number.point));
    Text(number.front);
    Text(number.back);
  }
  void Value(const DateValue& date) {
    Number(static_cast<uint64_t>(date.seconds));
    Number(date.millis);
  }
  void Value(const IpBlock& block) {
    Number(block.address.is_v6 ? 1 : 0);
    Number(block.prefix);
    for (const uint8_t byte : block.address.bytes) Number(byte);
  }
  void Value(const ArnPattern& arn) {
    Number(static_cast<uint64_t>(arn.form));
    for (const uint32_t bound : arn.bounds) Number(bound);
    Value(arn.pattern);
  }
  void Value(const Pattern& pattern) {
    Number(pattern.pieces.size());
    for (const Piece& piece : pattern.pieces) {
      Number(static_cast<uint64_t>(piece.kind));
      Number(piece.count);
      Text(piece.text);
      if (piece.kind != Piece::Kind::kVariable) continue;
      Text(piece.variable->key);
      Number(piece.variable->has_default ? 1 : 0);
      Text(piece.variable->default_value);
    }
  }

  std::string out_;
};

}  // namespace

uint32_t ConditionBlocks::Add(std::span<const CompiledTest> tests) {
  Identity identity;
  for (const CompiledTest& test : tests) identity.Add(test);
  const auto [entry, is_new] = known_.try_emplace(identity.Take(), static_cast<uint32_t>(uses_.size()));
  if (is_new) uses_.push_back(0);
  ++uses_[entry->second];
  return entry->second;
}

uint32_t ConditionBlocks::SharedId(uint32_t block) const {
  return uses_[block] > 1 ? block + 1 : kUnshared;
}

}  // namespace wardkeep::policy
