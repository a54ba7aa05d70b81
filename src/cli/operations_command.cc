#include "cli/operations_command.h"

#include <cstdio>

#include "pipeline/registry.h"
#include "service/ec2/register.h"
#include "service/iam/register.h"
#include "service/passkeys/register.h"
#include "service/sts/register.h"
#include "service/tagging/register.h"

namespace wardkeep::cli {

int RunOperations() {
  pipeline::Registry registry;
  service::iam::RegisterAll(registry);
  service::sts::RegisterAll(registry);
  service::passkeys::RegisterAll(registry);
  service::tagging::RegisterAll(registry);
  service::ec2::RegisterAll(registry);
  for (const std::string& name : registry.Names()) std::printf("%s\n", name.c_str());
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace wardkeep::cli
