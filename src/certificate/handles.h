// Owners of OpenSSL objects, named without OpenSSL's headers. Movable; an object belongs to one thread at a
// time.
#pragma once

#include <memory>

struct x509_st;
struct evp_pkey_st;

namespace wardkeep::certificate {

struct FreeHandle {
  void operator()(x509_st* certificate) const;
  void operator()(evp_pkey_st* key) const;
};
using CertificateHandle = std::unique_ptr<x509_st, FreeHandle>;
using KeyHandle = std::unique_ptr<evp_pkey_st, FreeHandle>;

}  // namespace wardkeep::certificate
