// UploadSSHPublicKey, GetSSHPublicKey, ListSSHPublicKeys, UpdateSSHPublicKey, DeleteSSHPublicKey.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterSshPublicKeys(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
