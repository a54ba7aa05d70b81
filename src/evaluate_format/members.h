// Reading members of JSON objects of the evaluate format: absent is nothing, the wrong kind is an error that
// says where. Members that the format does not know are refused, so that a misspelled policy type is not
// taken for an absent one.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "evaluate_format/error.h"
#include "json/value.h"

namespace wardkeep::evaluate_format {

// `where` names the object in messages, such as "request.principal".
EvaluateResult<void> ExpectObject(const json::Value& value, std::string_view where);
EvaluateResult<void> ExpectOnly(const json::Value& object, std::string_view where,
                                std::initializer_list<std::string_view> known);
// The text of a member; empty if absent.
EvaluateResult<std::string> OptionalText(const json::Value& object, std::string_view where,
                                         std::string_view member);
// The same, but it must be there and not be empty.
EvaluateResult<std::string> RequiredText(const json::Value& object, std::string_view where,
                                         std::string_view member);

}  // namespace wardkeep::evaluate_format
