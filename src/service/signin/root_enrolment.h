// What the root user may do before it has an MFA device: enrol one, and look.
#pragma once

#include <string_view>

namespace wardkeep::service::signin {

inline constexpr std::string_view kRootEnrolmentPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:CreateVirtualMFADevice",)"
    R"("iam:DeleteVirtualMFADevice","iam:EnableMFADevice","iam:ResyncMFADevice","iam:ListMFADevices",)"
    R"("iam:ListVirtualMFADevices","iam:GetMFADevice","iam:GetUser"],"Resource":"*"}]})";

}  // namespace wardkeep::service::signin
