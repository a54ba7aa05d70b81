#include "capi/texts.h"

#include "json/utf8.h"
#include "json/writer.h"

namespace wardkeep::capi {
namespace {

using evaluate_format::EvaluateError;
using evaluate_format::EvaluateResult;

struct StatusRow {
  std::string_view code;
  wk_status status;
};
// Every other code is one that AWS gives for a document.
constexpr StatusRow kStatuses[] = {
    {"InvalidArgument", WK_INVALID_ARGUMENT},
    {"InvalidJson", WK_INVALID_JSON},
    {"InvalidInput", WK_INVALID_INPUT},
    {"InputTooLarge", WK_TOO_LARGE},
};

std::string WriteJson(const EvaluateError& error) {
  json::Writer out;
  out.BeginObject().Key("code").String(error.code).Key("message").String(error.message);
  evaluate_format::WriteWhere(error, out);
  out.EndObject();
  return std::move(out).Take();
}

EvaluateError NullPointer(std::string_view name) {
  return {"InvalidArgument", std::string(name) + " is null and has a length", {}, {}};
}

}  // namespace

wk_status StatusOf(const EvaluateError& error) {
  for (const StatusRow& row : kStatuses) {
    if (error.code == row.code) return row.status;
  }
  return WK_REFUSED_DOCUMENT;
}

void Give(std::string text, wk_text** place) {
  if (place != nullptr) *place = new wk_text{std::move(text)};
}

wk_status Fail(const EvaluateError& error, wk_text** place) {
  Give(WriteJson(error), place);
  return StatusOf(error);
}

void Clear(wk_text** place) {
  if (place != nullptr) *place = nullptr;
}

EvaluateResult<std::string_view> JsonView(const char* data, std::size_t size) {
  if (data == nullptr && size != 0) return NullPointer("the text");
  if (size > WK_MAX_JSON) {
    return EvaluateError{
        "InputTooLarge", "the text is longer than " + std::to_string(WK_MAX_JSON) + " bytes", {}, {}};
  }
  return std::string_view(data, size);
}

EvaluateResult<std::string_view> TextView(wk_string text, std::string_view name) {
  if (text.data == nullptr && text.size != 0) return NullPointer(name);
  if (text.size > WK_MAX_TEXT) {
    const std::string most = std::to_string(WK_MAX_TEXT);
    return EvaluateError{"InputTooLarge", std::string(name) + " is longer than " + most + " bytes", {}, {}};
  }
  const std::string_view view(text.data, text.size);
  if (!json::IsUtf8(view)) return evaluate_format::InvalidInput(std::string(name) + " is not UTF-8");
  return view;
}

}  // namespace wardkeep::capi

const char* wk_text_data(const wk_text* text) {
  return text == nullptr ? "" : text->text.c_str();
}

size_t wk_text_size(const wk_text* text) {
  return text == nullptr ? 0 : text->text.size();
}

void wk_text_free(wk_text* text) {
  delete text;
}
