// Reads the JSON body of a stored document. A body is an object with "v", the version of its format; this
// program writes and reads version 1. Members it does not know are ignored; a member of the wrong shape is a
// fault. The first fault is kept, everything read after it is empty, and Finish reports it as `corrupt`, so a
// decoder is a plain list.
//
//   BodyReader body("user", text);
//   BodyFields fields = body.root();
//   user.id = fields.Text("id");
//   WK_TRY(body.Finish());
//
// Not thread-safe. BodyFields are views into their BodyReader.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "json/value.h"

namespace wardkeep::snapshot {

inline constexpr int64_t kBodyVersion = 1;

class BodyReader;

class BodyFields {
 public:
  // Required, not empty.
  std::string Text(std::string_view name) const;
  // Absent: empty.
  std::string OptionalText(std::string_view name) const;
  std::vector<std::string> OptionalTexts(std::string_view name) const;
  // Base64 text as bytes; required.
  std::string Bytes(std::string_view name) const;
  // Microseconds since 1970; required.
  base::Instant Time(std::string_view name) const;
  std::optional<base::Instant> OptionalTime(std::string_view name) const;
  // Absent: false.
  bool Flag(std::string_view name) const;
  // Required, within the bounds.
  int64_t Int(std::string_view name, int64_t min, int64_t max) const;
  bool Has(std::string_view name) const;
  // Each object in an array; absent: none.
  void Each(std::string_view name, const std::function<void(const BodyFields&)>& visit) const;
  // The object that is a member, or nullopt.
  std::optional<BodyFields> OptionalObject(std::string_view name) const;
  // Each pair of texts in an array of arrays; absent: none.
  std::vector<std::pair<std::string, std::string>> OptionalPairs(std::string_view name) const;

  void Fault(std::string_view name, std::string_view what) const;

 private:
  friend class BodyReader;
  BodyFields(BodyReader& reader, const json::Value* object) : reader_(&reader), object_(object) {}
  const json::Value* Find(std::string_view name) const;
  const std::string* FindText(std::string_view name, bool required) const;

  BodyReader* reader_;
  const json::Value* object_;  // null after a fault
};

class BodyReader {
 public:
  // `kind` is named in faults.
  BodyReader(std::string_view kind, std::string_view body);
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  BodyFields root() { return BodyFields(*this, fault_.empty() ? &value_ : nullptr); }
  base::Result<void> Finish() const;

 private:
  friend class BodyFields;
  std::string kind_;
  json::Value value_;
  std::string fault_;
};

}  // namespace wardkeep::snapshot
