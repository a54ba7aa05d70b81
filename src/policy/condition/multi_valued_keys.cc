#include "policy/condition/multi_valued_keys.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "wardkeep/request.h"

namespace wardkeep::policy {
namespace {

// Those that the action catalogue types as ArrayOf..., and those of AWS's pages on the keys of aws:, iam: and
// sts:. identitystore:UserId is missing: it is single-valued in the context of role sessions (3.7).
constexpr std::string_view kKeys[] = {
    "a4b:filters_devicetype",
    "account:accountresourceorgpaths",
    "account:alternatecontacttypes",
    "acm:domainnames",
    "airflow:teamnames",
    "apigateway:request/apikeyrequired",
    "apigateway:request/authorizertype",
    "apigateway:request/authorizeruri",
    "apigateway:request/conditionbasepaths",
    "apigateway:request/endpointtype",
    "apigateway:request/routeauthorizationtype",
    "apigateway:request/securitypolicy",
    "apigateway:resource/apikeyrequired",
    "apigateway:resource/authorizertype",
    "apigateway:resource/authorizeruri",
    "apigateway:resource/conditionbasepaths",
    "apigateway:resource/endpointtype",
    "apigateway:resource/routeauthorizationtype",
    "apigateway:resource/securitypolicy",
    "autoscaling:capacityreservationids",
    "autoscaling:capacityreservationresourcegrouparns",
    "autoscaling:loadbalancernames",
    "autoscaling:targetcapacitytypes",
    "autoscaling:targetgrouparns",
    "autoscaling:trafficsourceidentifiers",
    "autoscaling:vpczoneidentifiers",
    "aws-marketplace:agreementtype",
    "aws-marketplace:productid",
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
    "backup:copytargetorgpaths",
    "backup:copytargets",
    "backup:frameworkarns",
    "bedrock-agentcore:allowedqueryparameters",
    "bedrock-agentcore:allowedrequestheaders",
    "bedrock-agentcore:allowedresponseheaders",
    "bedrock-agentcore:credentialproviderscope",
    "bedrock-agentcore:inboundjwtclaim/aud",
    "bedrock-agentcore:inboundjwtclaim/scope",
    "bedrock-agentcore:securitygroups",
    "bedrock-agentcore:subnets",
    "bedrock-mantle:files",
    "cloudformation:resourcetypes",
    "cloudformation:targetregion",
    "cloudshell:securitygroupids",
    "cloudshell:subnetids",
    "cloudshell:vpcids",
    "cloudwatch:alarmactions",
    "cloudwatch:requestinsightruleloggroups",
    "cloudwatch:requestmanagedresourcearns",
    "codebuild:buildbatchconfig.restrictions.computetypesallowed",
    "codebuild:buildbatchconfig.restrictions.fleetsallowed",
    "codebuild:cache.modes",
    "codebuild:environment.environmentvariables.name",
    "codebuild:environment.environmentvariables.value",
    "codebuild:filesystemlocations.identifier",
    "codebuild:filesystemlocations.location",
    "codebuild:filesystemlocations.type",
    "codebuild:secondaryartifacts.artifactidentifier",
    "codebuild:secondaryartifacts.bucketowneraccess",
    "codebuild:secondaryartifacts.encryptiondisabled",
    "codebuild:secondaryartifacts.location",
    "codebuild:secondarysources.auth.resource",
    "codebuild:secondarysources.auth.type",
    "codebuild:secondarysources.buildstatusconfig.context",
    "codebuild:secondarysources.buildstatusconfig.targeturl",
    "codebuild:secondarysources.insecuressl",
    "codebuild:secondarysources.location",
    "codebuild:secondarysources.sourceidentifier",
    "codebuild:vpcconfig.securitygroupids",
    "codebuild:vpcconfig.subnets",
    "comprehend:vpcsecuritygroupids",
    "comprehend:vpcsubnets",
    "connect:flowtype",
    "connect:listrealtimecontactanalysissegmentsbysegmenttype",
    "connect:monitorcapabilities",
    "connect:searchcontactsbycontactanalysis",
    "datapipeline:pipelinecreator",
    "datapipeline:workergroup",
    "deadline:farmmembershiplevels",
    "deadline:fleetmembershiplevels",
    "deadline:jobmembershiplevels",
    "deadline:queuemembershiplevels",
    "devops-guru:servicenames",
    "dsql:fistargetarns",
    "dynamodb:attributes",
    "dynamodb:firstpartitionkeyvalues",
    "dynamodb:fistargetarns",
    "dynamodb:fourthpartitionkeyvalues",
    "dynamodb:leadingkeys",
    "dynamodb:secondpartitionkeyvalues",
    "dynamodb:thirdpartitionkeyvalues",
    "ec2:fistargetarns",
    "ec2:ikeversions",
    "ec2:phase1dhgroup",
    "ec2:phase1encryptionalgorithms",
    "ec2:phase1integrityalgorithms",
    "ec2:phase2dhgroup",
    "ec2:phase2encryptionalgorithms",
    "ec2:phase2integrityalgorithms",
    "ec2:vpceprivatednsspecifieddomains",
    "ecs:capacity-provider",
    "ecs:compute-compatibility",
    "ecs:subnet",
    "eks:encryptionconfigproviderkeyarns",
    "eks:kubernetesgroups",
    "eks:namespaces",
    "elasticloadbalancing:listenerprotocol",
    "elasticloadbalancing:securitygroup",
    "elasticloadbalancing:securitypolicy",
    "elasticloadbalancing:subnet",
    "events:detail-type",
    "events:eventbusarn",
    "events:source",
    "events:targetarn",
    "fis:operations",
    "fis:targets",
    "geo:deviceids",
    "geo:geofenceids",
    "glue:securitygroupids",
    "glue:subnetids",
    "glue:vpcids",
    "iam:accountpropertynamespaces",
    "iam:resourceidentityproviderissuers",
    "identitystore:groupexternalidissuers",
    "identitystore:groupid",
    "identitystore:userexternalidissuers",
    "imagebuilder:createdresourcetagkeys",
    "iot:thinggrouparn",
    "iot:tunneldestinationservice",
    "iotfleetwise:signals",
    "iotsitewise:taskarns",
    "iottwinmaker:linkedservices",
    "kinesis:fistargetarns",
    "kms:encryptioncontextkeys",
    "kms:grantoperations",
    "kms:resourcealiases",
    "lambda:layer",
    "lambda:securitygroupids",
    "lambda:subnetids",
    "lex:associatedintents",
    "lex:associatedslottypes",
    "logs:loggeneratingresourcearns",
    "networkmanager:edgelocations",
    "networkmanager:subnetarns",
    "oam:resourcetypes",
    "observabilityadmin:centralizationsourceid",
    "observabilityadmin:centralizationsourceregions",
    "partnercentral-account-management:legacypartnercentralrole",
    "partnercentral-account-management:marketingcentralrole",
    "partnercentral-account-management:proserverole",
    "partnercentral:fulfillmenttypes",
    "partnercentral:programs",
    "payment-cryptography:resourcealiases",
    "pi:dimensions",
    "quicksight:allowedembeddingdomains",
    "quicksight:kmskeyarns",
    "refactor-spaces:createdbyaccountids",
    "route53:changeresourcerecordsetsactions",
    "route53:changeresourcerecordsetsnormalizedrecordnames",
    "route53:changeresourcerecordsetsrecordtypes",
    "s3:inventoryaccessibleoptionalfields",
    "s3:requestobjecttagkeys",
    "s3express:inventoryaccessibleoptionalfields",
    "s3express:permissions",
    "sagemaker:acceleratortypes",
    "sagemaker:customermetadatapropertiestoremove",
    "sagemaker:imagearns",
    "sagemaker:imageversionarns",
    "sagemaker:instancetypes",
    "sagemaker:notebookinstancelifecycleconfigarns",
    "sagemaker:studiolifecycleconfigarns",
    "sagemaker:updatablefeatures",
    "sagemaker:vpcsecuritygroupids",
    "sagemaker:vpcsubnets",
    "saml:cn",
    "saml:eduorghomepageuri",
    "saml:eduorgidentityauthnpolicyuri",
    "saml:eduorglegalname",
    "saml:eduorgsuperioruri",
    "saml:eduorgwhitepagesuri",
    "saml:edupersonaffiliation",
    "saml:edupersonassurance",
    "saml:edupersonentitlement",
    "saml:edupersonnickname",
    "saml:edupersonorgunitdn",
    "saml:edupersonscopedaffiliation",
    "saml:edupersontargetedid",
    "secretsmanager:addreplicaregions",
    "ses:configurationsetoptions",
    "ses:recipients",
    "ses:replicaregion",
    "ssm:documentcategories",
    "ssm:documentversion",
    "ssm:inventorytypename",
    "states:statemachinequalifier",
    "sts:identitytokenaudience",
    "sts:requestcontextproviders",
    "sts:transitivetagkeys",
    "synthetics:names",
    "transfer:requestserverprotocols",
    "vpc-lattice:privatednsspecifieddomains",
    "vpc-lattice:securitygroupids",
    "vpc-lattice:targetgrouparns",
    "wisdom:messagetemplate/routingprofilearn",
    "wisdom:searchfilter/qualifier",
};

// Keys that end in a name of the caller's choice.
constexpr std::string_view kBeginnings[] = {"events:metadata/", "vpc-lattice-svcs:requestquerystring/"};
// The claim of web identity tokens, "<issuer>:amr". Issuers are host names, services have no dot.
constexpr std::string_view kAmrEnd = ":amr";

// The numbers of the keys by hash, with open addressing.
class Places {
 public:
  constexpr Places() {
    numbers_.fill(kNone);
    for (uint16_t i = 0; i < std::size(kKeys); ++i) {
      std::size_t place = RequestContext::KeyHash(kKeys[i]) % kSize;
      while (numbers_[place] != kNone) place = (place + 1) % kSize;
      numbers_[place] = i;
    }
  }
  bool Has(std::string_view key, uint64_t hash) const {
    for (std::size_t place = hash % kSize; numbers_[place] != kNone; place = (place + 1) % kSize) {
      if (kKeys[numbers_[place]] == key) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kSize = 1024;
  static constexpr uint16_t kNone = 0xFFFF;
  static_assert(std::size(kKeys) < kSize / 2);
  std::array<uint16_t, kSize> numbers_{};
};

constexpr Places kPlaces;

}  // namespace

bool IsMultiValuedKey(std::string_view folded_key, uint64_t hash) {
  if (kPlaces.Has(folded_key, hash)) return true;
  if (folded_key.ends_with(kAmrEnd)) return folded_key.find('.') != std::string_view::npos;
  return std::any_of(std::begin(kBeginnings), std::end(kBeginnings), [&](std::string_view beginning) {
    return folded_key.starts_with(beginning) &&
           folded_key.find('/', beginning.size()) == std::string_view::npos;
  });
}

std::span<const std::string_view> MultiValuedKeys() {
  return kKeys;
}

}  // namespace wardkeep::policy
