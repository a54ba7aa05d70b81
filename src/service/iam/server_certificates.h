// UploadServerCertificate, GetServerCertificate, ListServerCertificates, UpdateServerCertificate,
// DeleteServerCertificate. Tags are in tags.h.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterServerCertificates(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
