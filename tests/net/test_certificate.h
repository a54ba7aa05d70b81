// A self-signed certificate and its key in two PEM files of a new folder, gone with the object.
#pragma once

#include <string>

namespace wardkeep::net {

class TestCertificate {
 public:
  TestCertificate();
  ~TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  std::string certificate_path() const { return folder_ + "/certificate.pem"; }
  std::string key_path() const { return folder_ + "/key.pem"; }

 private:
  std::string folder_;
};

}  // namespace wardkeep::net
