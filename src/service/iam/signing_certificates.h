// UploadSigningCertificate, ListSigningCertificates, UpdateSigningCertificate, DeleteSigningCertificate.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterSigningCertificates(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
