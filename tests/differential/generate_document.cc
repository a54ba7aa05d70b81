#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.h"
#include "differential/generate.h"
#include "differential/vocabulary.h"
#include "differential/word.h"
#include "json/number.h"
#include "json/writer.h"
#include "policy/condition/operators.h"
#include "policy/parse/condition_format.h"

namespace wardkeep::differential {
namespace {

using policy::ConditionOperator;
using policy::DocumentKind;

constexpr std::string_view kOperatorNames[] = {"StringEquals",
                                               "StringNotEquals",
                                               "StringEqualsIgnoreCase",
                                               "StringNotEqualsIgnoreCase",
                                               "StringLike",
                                               "StringNotLike",
                                               "NumericEquals",
                                               "NumericNotEquals",
                                               "NumericLessThan",
                                               "NumericLessThanEquals",
                                               "NumericGreaterThan",
                                               "NumericGreaterThanEquals",
                                               "DateEquals",
                                               "DateNotEquals",
                                               "DateLessThan",
                                               "DateLessThanEquals",
                                               "DateGreaterThan",
                                               "DateGreaterThanEquals",
                                               "Bool",
                                               "BinaryEquals",
                                               "IpAddress",
                                               "NotIpAddress",
                                               "ArnEquals",
                                               "ArnNotEquals",
                                               "ArnLike",
                                               "ArnNotLike",
                                               "Null"};

bool HasShortArn(std::string_view pattern) {
  return pattern != "*" && std::count(pattern.begin(), pattern.end(), ':') < 5;
}

// Of the services whose actions a resource control policy may name.
bool IsOfResourceControl(std::string_view action) {
  constexpr std::string_view kServices[] = {"s3", "sqs", "sts", "kms"};
  const std::string service = base::AsciiLower(action.substr(0, action.find(':')));
  return std::find(std::begin(kServices), std::end(kServices), service) != std::end(kServices);
}

class DocumentWriter {
 public:
  DocumentWriter(ByteSource& bytes, const Knobs& knobs, DocumentKind kind, const Theme& theme)
      : bytes_(bytes), knobs_(knobs), kind_(kind), theme_(theme) {}

  std::string Write() && {
    out_.BeginObject();
    const bool any_version = kind_ != DocumentKind::kIdentity && kind_ != DocumentKind::kPermissionsBoundary;
    if (!any_version || bytes_.Chance(75)) {
      out_.Key("Version").String("2012-10-17");
    } else if (bytes_.Chance(50)) {
      out_.Key("Version").String("2008-10-17");
    }
    out_.Key("Statement");
    const std::size_t count = 1 + bytes_.Below(knobs_.statements);
    if (count > 1 || bytes_.Chance(50)) out_.BeginArray();
    const bool array = out_.text().back() == '[';
    for (std::size_t i = 0; i < count; ++i) Statement();
    if (array) out_.EndArray();
    out_.EndObject();
    return std::move(out_).Take();
  }

 private:
  void Statement() {
    out_.BeginObject();
    const bool deny = kind_ == DocumentKind::kResourceControl || bytes_.Chance(18);
    out_.Key("Effect").String(deny ? "Deny" : "Allow");
    WritePrincipal(deny);
    const bool fixed_action = kind_ == DocumentKind::kTrust || kind_ == DocumentKind::kResourceControl;
    out_.Key(!fixed_action && bytes_.Chance(7) ? "NotAction" : "Action");
    List(1, [&] { return Action(); });
    if (kind_ != DocumentKind::kTrust) {
      out_.Key(bytes_.Chance(8) ? "NotResource" : "Resource");
      List(1, [&] { return Resource(); });
    }
    if (bytes_.Chance(deny ? 65 : 45)) Conditions();
    out_.EndObject();
  }

  // A value or a list of at least `least` values made by `make`.
  template <typename Make>
  void List(std::size_t least, Make make) {
    const std::size_t count = least + bytes_.Below(knobs_.values);
    if (count == 1 && bytes_.Chance(60)) {
      out_.String(make());
      return;
    }
    out_.BeginArray();
    for (std::size_t i = 0; i < count; ++i) out_.String(make());
    out_.EndArray();
  }

  std::string_view Action() {
    const Theme& theme = kind_ == DocumentKind::kTrust ? Themes()[kTrustTheme] : theme_;
    for (int tries = 0; tries < 4; ++tries) {
      const std::string_view action = bytes_.Pick(theme.action_patterns);
      if (kind_ == DocumentKind::kResourceControl && !IsOfResourceControl(action)) continue;
      return action;
    }
    return kind_ == DocumentKind::kResourceControl ? "sts:*" : theme.actions.front();
  }

  std::string Resource() {
    if (&theme_ == &Themes()[0] && bytes_.Chance(15))
      return "arn:aws:s3:::" + MakeResourcePart(bytes_, Side::kPolicy);
    const std::string resource(bytes_.Pick(theme_.resource_patterns));
    if (!HasShortArn(resource)) return resource;
    const bool open = resource.ends_with('*');
    const bool refused = kind_ == DocumentKind::kSession || kind_ == DocumentKind::kResourceControl ||
                         (kind_ == DocumentKind::kServiceControl && !open);
    return refused ? "*" : resource;
  }

  void WritePrincipal(bool deny) {
    if (kind_ == DocumentKind::kResourceControl) {
      out_.Key("Principal");
      if (bytes_.Chance(50)) {
        out_.String("*");
      } else {
        out_.BeginObject().Key("AWS").String("*").EndObject();
      }
      return;
    }
    const bool takes =
        kind_ == DocumentKind::kTrust || kind_ == DocumentKind::kResource || kind_ == DocumentKind::kEndpoint;
    if (!takes || (kind_ == DocumentKind::kEndpoint && bytes_.Chance(25))) return;
    const bool may_exclude = kind_ == DocumentKind::kEndpoint || (kind_ == DocumentKind::kResource && deny);
    const bool excludes = may_exclude && bytes_.Chance(30);
    out_.Key(excludes ? "NotPrincipal" : "Principal");
    if (kind_ != DocumentKind::kTrust && bytes_.Chance(12)) {
      out_.String("*");
      return;
    }
    out_.BeginObject();
    const std::size_t shape = bytes_.Below(8);
    if (shape != 0 && shape != 1) {
      out_.Key("AWS");
      List(excludes ? 2 : 1, [&] { return bytes_.Pick(AwsPrincipals()); });
    }
    if (shape <= 2) {
      out_.Key("Service");
      List(1, [&] { return bytes_.Pick(ServicePrincipals()); });
    }
    if (shape == 1 || shape == 3) {
      out_.Key("Federated");
      List(1, [&] { return bytes_.Pick(FederatedPrincipals()); });
    }
    if (shape == 4) out_.Key("CanonicalUser").String(CanonicalUser());
    out_.EndObject();
  }

  void Conditions() {
    // Operator name -> keys, each once.
    std::map<std::string, std::set<std::string>> block;
    out_.Key("Condition").BeginObject();
    for (std::size_t n = 1 + bytes_.Below(3); n > 0; --n) {
      const std::size_t index = bytes_.Below(std::size(kOperatorNames));
      const auto op = static_cast<ConditionOperator>(index);
      const std::size_t qualifier = bytes_.Below(6);
      std::string name = qualifier == 0 ? "ForAllValues:" : qualifier == 1 ? "ForAnyValue:" : "";
      name += kOperatorNames[index];
      if (bytes_.Chance(25)) name += "IfExists";
      if (!block.try_emplace(name).second) continue;
      out_.Key(name).BeginObject();
      for (std::size_t k = bytes_.Chance(3) ? 0 : bytes_.Chance(20) ? 2 : 1; k > 0; --k) {
        const std::string key = Key(op, qualifier <= 1);
        if (block[name].insert(key).second) Values(out_.Key(key), op);
      }
      out_.EndObject();
    }
    out_.EndObject();
  }

  std::string Key(ConditionOperator op, bool set) {
    ValueKind kind = KindOf(op);
    const bool strange = op == ConditionOperator::kNull || bytes_.Chance(8);
    if (strange) kind = static_cast<ValueKind>(bytes_.Below(static_cast<std::size_t>(ValueKind::kCount)));
    std::string key(bytes_.Pick(KeysOf(kind)));
    if (set && kind == ValueKind::kText && bytes_.Chance(50)) key = "aws:TagKeys";
    const std::size_t letters = bytes_.Below(12);
    if (letters == 0) key = base::AsciiLower(key);
    if (letters == 1) key[0] = base::AsciiUpper(key[0]);
    return key;
  }

  void Values(json::Writer& out, ConditionOperator op) {
    std::size_t count = bytes_.Chance(4) ? 0 : 1 + bytes_.Below(knobs_.values);
    const bool list = count != 1 || bytes_.Chance(40);
    if (list) out.BeginArray();
    for (; count > 0; --count) {
      const bool null = op == ConditionOperator::kNull;
      std::string value =
          null ? std::string(bytes_.Pick(NullValues())) : MakeValue(bytes_, KindOf(op), Side::kPolicy);
      if (!CanBeSaved(op, value)) value = PolicyValuesOf(KindOf(op)).front();
      Value(out, value);
    }
    if (list) out.EndArray();
  }

  // Which values must be readable, by kind of document (policy-semantics 1.8).
  bool CanBeSaved(ConditionOperator op, std::string_view value) const {
    const policy::ValueType type = policy::RowOf(op).value_type;
    switch (kind_) {
      case DocumentKind::kIdentity:
      case DocumentKind::kPermissionsBoundary:
      case DocumentKind::kTrust:
        return policy::IsReadableValue(type, value);
      case DocumentKind::kSession:
        return type != policy::ValueType::kBinary || policy::IsReadableValue(type, value);
      default:
        return type != policy::ValueType::kDate || policy::IsReadableValue(type, value);
    }
  }

  // Numbers and booleans with or without quotes.
  void Value(json::Writer& out, std::string_view value) {
    const bool bare = bytes_.Chance(25);
    if (bare && (value == "true" || value == "false")) {
      out.Bool(value == "true");
    } else if (bare && json::IsNumber(value)) {
      out.Number(value);
    } else {
      out.String(value);
    }
  }

  ByteSource& bytes_;
  const Knobs& knobs_;
  DocumentKind kind_;
  const Theme& theme_;
  json::Writer out_;
};

}  // namespace

std::string GenerateDocument(ByteSource& bytes, const Knobs& knobs, DocumentKind kind, std::size_t theme) {
  return DocumentWriter(bytes, knobs, kind, Themes()[theme]).Write();
}

}  // namespace wardkeep::differential
