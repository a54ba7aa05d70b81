#include "net/response_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace wardkeep::net {
namespace {

constexpr std::pair<int, std::string_view> kReasons[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

constexpr std::array<std::string_view, 5> kOwnFields = {"date", "server", "content-length", "connection",
                                                        "transfer-encoding"};

bool IsOwnField(std::string_view name) {
  return std::any_of(kOwnFields.begin(), kOwnFields.end(),
                     [&](std::string_view own) { return base::EqualsIgnoreAsciiCase(own, name); });
}

bool IsFieldName(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F && c != ':'; });
}

void AppendNumber(std::string& out, std::size_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void AppendField(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  const std::size_t start = out.size();
  out += value;
  for (std::size_t i = start; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) out[i] = ' ';
  }
  out += "\r\n";
}

}  // namespace

bool IsBodiless(int status) {
  return status < 200 || status == 204 || status == 304;
}

std::string_view ReasonPhrase(int status) {
  const auto* row = std::find_if(std::begin(kReasons), std::end(kReasons),
                                 [&](const auto& reason) { return reason.first == status; });
  return row == std::end(kReasons) ? "Unknown" : row->second;
}

void AppendResponseHead(std::string& out, const base::HttpResponse& response, ResponseFraming framing,
                        std::string_view date) {
  out += "HTTP/1.1 ";
  AppendNumber(out, static_cast<std::size_t>(std::clamp(response.status, 100, 999)));
  out += ' ';
  out += ReasonPhrase(response.status);
  out += "\r\nDate: ";
  out += date;
  out += "\r\nServer: Wardkeep\r\n";
  for (const auto& [name, value] : response.headers) {
    if (IsFieldName(name) && !IsOwnField(name)) AppendField(out, name, value);
  }
  if (!IsBodiless(response.status)) {
    out += "Content-Length: ";
    AppendNumber(out, response.body.size());
    out += "\r\n";
  }
  if (!framing.keep_alive) {
    out += "Connection: close\r\n";
  } else if (framing.http10) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

}  // namespace wardkeep::net
