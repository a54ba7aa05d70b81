// Smithy RPC v2 CBOR, server side: the newest protocol of AWS's JSON services. A document is the same tree as
// in JSON, so it is carried over to JSON and back and the JSON codec does the rest. Pure functions,
// thread-safe. Source: RFC 8949; Smithy RPC v2 CBOR.
#pragma once

#include <string>
#include <string_view>

#include "api/api_error.h"
#include "base/result.h"

namespace wardkeep::wire {

inline constexpr std::string_view kCborContentType = "application/cbor";
inline constexpr std::string_view kCborProtocol = "rpc-v2-cbor";  // value of the header smithy-protocol

// The target `Prefix.Operation` that /service/Prefix/operation/Operation stands for; empty for other paths.
std::string CborTarget(std::string_view path);

// The one document in `bytes` as JSON text: byte strings in base64, tags left out. Empty for no bytes.
// SerializationException for what is not well-formed, nests deeper than 64 levels, has keys that are no text
// or numbers that JSON has not.
base::Result<std::string, api::ApiError> CborToJson(std::string_view bytes);

// `json` must be well-formed, as the JSON codec writes it.
std::string JsonToCbor(std::string_view json);

}  // namespace wardkeep::wire
