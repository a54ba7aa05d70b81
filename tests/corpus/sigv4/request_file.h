// Reads the request files of the public signature test suite: a request line, headers (a line that begins
// with a space continues the one before), an empty line, the body. Lines end in \n. The views point into the
// text of the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/sigv4_request.h"

namespace wardkeep::auth {

class RequestFile {
 public:
  explicit RequestFile(std::string text) : text_(std::move(text)) { Parse(); }
  RequestFile(const RequestFile&) = delete;
  RequestFile& operator=(const RequestFile&) = delete;

  SignedRequestView view() const { return {method_, target_, headers_, body_}; }
  void ReplaceHeader(std::string_view name, std::string_view value) {
    for (HeaderView& header : headers_) {
      if (header.name == name) header.value = value;
    }
  }

 private:
  void Parse() {
    std::string_view rest = text_;
    const std::string_view line = NextLine(rest);
    const auto first_space = line.find(' ');
    const auto last_space = line.rfind(' ');
    method_ = line.substr(0, first_space);
    target_ = line.substr(first_space + 1, last_space - first_space - 1);
    while (!rest.empty()) {
      const std::string_view header = NextLine(rest);
      if (header.empty()) break;
      if (header.front() == ' ') {
        std::string_view& value = headers_.back().value;
        value = std::string_view(value.data(),
                                 static_cast<std::size_t>(header.data() + header.size() - value.data()));
        continue;
      }
      const auto colon = header.find(':');
      headers_.push_back({header.substr(0, colon), header.substr(colon + 1)});
    }
    body_ = rest;
  }

  static std::string_view NextLine(std::string_view& rest) {
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
  }

  std::string text_;
  std::string_view method_;
  std::string_view target_;
  std::vector<HeaderView> headers_;
  std::string_view body_;
};

}  // namespace wardkeep::auth
