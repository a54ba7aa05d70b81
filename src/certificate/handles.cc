#include "certificate/handles.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace wardkeep::certificate {

void FreeHandle::operator()(x509_st* certificate) const {
  X509_free(certificate);
}

void FreeHandle::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

}  // namespace wardkeep::certificate
