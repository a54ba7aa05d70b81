// Every handler has its row in the tables, and what has no handler says so as AWS does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/operation.h"
#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;

// What this release serves. A handler that goes missing, or comes without being noted here, is noticed.
constexpr std::string_view kServed[] = {
    "iam:AcceptDelegationRequest",
    "iam:AcquireRole",
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:AddRoleToInstanceProfile",
    "iam:AddUserToGroup",
    "iam:AssociateDelegationRequest",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:ChangePassword",
    "iam:CreateAccessKey",
    "iam:CreateAccountAlias",
    "iam:CreateDelegationRequest",
    "iam:CreateGroup",
    "iam:CreateInstanceProfile",
    "iam:CreateLoginProfile",
    "iam:CreateOpenIDConnectProvider",
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:CreateRole",
    "iam:CreateSAMLProvider",
    "iam:CreateServiceLinkedRole",
    "iam:CreateServiceSpecificCredential",
    "iam:CreateUser",
    "iam:CreateVirtualMFADevice",
    "iam:DeactivateMFADevice",
    "iam:DeleteAccessKey",
    "iam:DeleteAccountAlias",
    "iam:DeleteAccountPasswordPolicy",
    "iam:DeleteGroup",
    "iam:DeleteGroupPolicy",
    "iam:DeleteInstanceProfile",
    "iam:DeleteLoginProfile",
    "iam:DeleteOpenIDConnectProvider",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteSAMLProvider",
    "iam:DeleteSSHPublicKey",
    "iam:DeleteServerCertificate",
    "iam:DeleteServiceLinkedRole",
    "iam:DeleteServiceSpecificCredential",
    "iam:DeleteSigningCertificate",
    "iam:DeleteUser",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DeleteVirtualMFADevice",
    "iam:DetachGroupPolicy",
    "iam:DetachRolePolicy",
    "iam:DetachUserPolicy",
    "iam:DisableOrganizationsRootCredentialsManagement",
    "iam:DisableOrganizationsRootSessions",
    "iam:DisableOutboundWebIdentityFederation",
    "iam:EnableMFADevice",
    "iam:EnableOrganizationsRootCredentialsManagement",
    "iam:EnableOrganizationsRootSessions",
    "iam:EnableOutboundWebIdentityFederation",
    "iam:GenerateCredentialReport",
    "iam:GenerateOrganizationsAccessReport",
    "iam:GenerateServiceLastAccessedDetails",
    "iam:GetAccessKeyLastUsed",
    "iam:GetAccountAuthorizationDetails",
    "iam:GetAccountPasswordPolicy",
    "iam:GetAccountProperties",
    "iam:GetAccountSummary",
    "iam:GetContextKeysForCustomPolicy",
    "iam:GetContextKeysForPrincipalPolicy",
    "iam:GetCredentialReport",
    "iam:GetDelegationRequest",
    "iam:GetGroup",
    "iam:GetGroupPolicy",
    "iam:GetHumanReadableSummary",
    "iam:GetInstanceProfile",
    "iam:GetLoginProfile",
    "iam:GetMFADevice",
    "iam:GetOpenIDConnectProvider",
    "iam:GetOrganizationsAccessReport",
    "iam:GetOutboundWebIdentityFederationInfo",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:GetRoleTemplateVersion",
    "iam:GetSAMLProvider",
    "iam:GetSSHPublicKey",
    "iam:GetServerCertificate",
    "iam:GetServiceLastAccessedDetails",
    "iam:GetServiceLastAccessedDetailsWithEntities",
    "iam:GetServiceLinkedRoleDeletionStatus",
    "iam:GetUser",
    "iam:GetUserPolicy",
    "iam:ListAccessKeys",
    "iam:ListAccountAliases",
    "iam:ListAttachedGroupPolicies",
    "iam:ListAttachedRolePolicies",
    "iam:ListAttachedUserPolicies",
    "iam:ListDelegationRequests",
    "iam:ListEntitiesForPolicy",
    "iam:ListGroupPolicies",
    "iam:ListGroups",
    "iam:ListGroupsForUser",
    "iam:ListInstanceProfileTags",
    "iam:ListInstanceProfiles",
    "iam:ListInstanceProfilesForRole",
    "iam:ListMFADeviceTags",
    "iam:ListMFADevices",
    "iam:ListOpenIDConnectProviderTags",
    "iam:ListOpenIDConnectProviders",
    "iam:ListOrganizationsFeatures",
    "iam:ListPolicies",
    "iam:ListPoliciesGrantingServiceAccess",
    "iam:ListPolicyTags",
    "iam:ListPolicyVersions",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
    "iam:ListRoles",
    "iam:ListSAMLProviderTags",
    "iam:ListSAMLProviders",
    "iam:ListSSHPublicKeys",
    "iam:ListServerCertificateTags",
    "iam:ListServerCertificates",
    "iam:ListServiceSpecificCredentials",
    "iam:ListSigningCertificates",
    "iam:ListUserPolicies",
    "iam:ListUserTags",
    "iam:ListUsers",
    "iam:ListVirtualMFADevices",
    "iam:PutAccountProperties",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPermissionsBoundary",
    "iam:PutUserPolicy",
    "iam:RejectDelegationRequest",
    "iam:RemoveClientIDFromOpenIDConnectProvider",
    "iam:RemoveRoleFromInstanceProfile",
    "iam:RemoveUserFromGroup",
    "iam:ResetServiceSpecificCredential",
    "iam:ResyncMFADevice",
    "iam:SendDelegationToken",
    "iam:SetDefaultPolicyVersion",
    "iam:SetSecurityTokenServicePreferences",
    "iam:SimulateCustomPolicy",
    "iam:SimulatePrincipalPolicy",
    "iam:TagInstanceProfile",
    "iam:TagMFADevice",
    "iam:TagOpenIDConnectProvider",
    "iam:TagPolicy",
    "iam:TagRole",
    "iam:TagSAMLProvider",
    "iam:TagServerCertificate",
    "iam:TagUser",
    "iam:UntagInstanceProfile",
    "iam:UntagMFADevice",
    "iam:UntagOpenIDConnectProvider",
    "iam:UntagPolicy",
    "iam:UntagRole",
    "iam:UntagSAMLProvider",
    "iam:UntagServerCertificate",
    "iam:UntagUser",
    "iam:UpdateAccessKey",
    "iam:UpdateAccountPasswordPolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateDelegationRequest",
    "iam:UpdateGroup",
    "iam:UpdateLoginProfile",
    "iam:UpdateOpenIDConnectProviderThumbprint",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
    "iam:UpdateSAMLProvider",
    "iam:UpdateSSHPublicKey",
    "iam:UpdateServerCertificate",
    "iam:UpdateServiceSpecificCredential",
    "iam:UpdateSigningCertificate",
    "iam:UpdateUser",
    "iam:UploadSSHPublicKey",
    "iam:UploadServerCertificate",
    "iam:UploadSigningCertificate",
    "sts:AssumeRole",
    "sts:DecodeAuthorizationMessage",
    "sts:GetAccessKeyInfo",
    "sts:GetCallerIdentity",
    "sts:GetDelegatedAccessToken",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
    "sts:GetWebIdentityToken",
};

TEST(Registry, ServesExactlyTheOperationsOfThisList) {
  const InProcessServer server;
  EXPECT_THAT(server.registry.Names(), testing::ElementsAreArray(kServed));
}

TEST(Registry, EveryHandlerHasAnOperationAndItsRow) {
  const InProcessServer server;
  for (const std::string& name : server.registry.Names()) {
    SCOPED_TRACE(name);
    const std::size_t colon = name.find(':');
    const api::Service* service = api::FindService(name.substr(0, colon));
    ASSERT_NE(service, nullptr);
    const api::Operation* operation = api::FindOperation(*service, name.substr(colon + 1));
    ASSERT_NE(operation, nullptr);
    EXPECT_FALSE(operation->actions.empty());
    const pipeline::Handler* handler = server.registry.Find(service->name, operation->name);
    ASSERT_NE(handler, nullptr);
    EXPECT_NE(handler->read == nullptr, handler->write == nullptr);
    EXPECT_EQ(handler->writes, handler->write != nullptr);
    // Credentials are sealed, not stored: only STS may serve what counts as a write without writing.
    EXPECT_EQ(handler->writes, service->name == "iam" && operation->access == api::Access::kWrite);
  }
}

TEST(Registry, AnOperationWithoutAHandlerIsUnknown) {
  InProcessServer server;
  int without = 0;
  for (const std::string_view service_name : {"iam", "sts"}) {
    const api::Service& service = *api::FindService(service_name);
    for (const api::Operation& operation : service.operations) {
      if (server.registry.Find(service.name, operation.name) != nullptr) continue;
      ++without;
      const auto answer = server.Call(server.admin(), service.name, operation.name);
      EXPECT_EQ(answer.status, 400);
      EXPECT_EQ(answer.Outcome(), "InvalidAction: Could not find operation " + std::string(operation.name) +
                                      " for version " + std::string(service.version));
      EXPECT_NE(answer.body.find("http://webservices.amazon.com/AWSFault/2005-15-09"), std::string::npos);
    }
  }
  EXPECT_EQ(without + static_cast<int>(std::size(kServed)),
            static_cast<int>(api::FindService("iam")->operations.size() +
                             api::FindService("sts")->operations.size()));
}

}  // namespace
}  // namespace wardkeep::service
