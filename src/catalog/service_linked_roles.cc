#include "catalog/service_linked_roles.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace wardkeep::catalog {
namespace {

// Sorted by service. Names and policies as AWS documents them for each service.
constexpr std::array kFacts = {
    ServiceLinkedRoleFacts{"access-analyzer.amazonaws.com", "AccessAnalyzer",
                           "AccessAnalyzerServiceRolePolicy"},
    ServiceLinkedRoleFacts{"autoscaling.amazonaws.com", "AutoScaling", "AutoScalingServiceRolePolicy", true},
    ServiceLinkedRoleFacts{"backup.amazonaws.com", "Backup", "AWSBackupServiceLinkedRolePolicyForBackup"},
    ServiceLinkedRoleFacts{"batch.amazonaws.com", "Batch", "BatchServiceRolePolicy"},
    ServiceLinkedRoleFacts{"cloud9.amazonaws.com", "AWSCloud9", "AWSCloud9ServiceRolePolicy"},
    ServiceLinkedRoleFacts{"cloudtrail.amazonaws.com", "CloudTrail", "CloudTrailServiceRolePolicy"},
    ServiceLinkedRoleFacts{"config.amazonaws.com", "Config", "AWSConfigServiceRolePolicy"},
    ServiceLinkedRoleFacts{"dax.amazonaws.com", "DAX", "DAXServiceRolePolicy"},
    ServiceLinkedRoleFacts{"dynamodb.application-autoscaling.amazonaws.com",
                           "ApplicationAutoScaling_DynamoDBTable",
                           "AWSApplicationAutoscalingDynamoDBTablePolicy"},
    ServiceLinkedRoleFacts{"ec2fleet.amazonaws.com", "EC2Fleet", "AWSEC2FleetServiceRolePolicy"},
    ServiceLinkedRoleFacts{"ecs.amazonaws.com", "ECS", "AmazonECSServiceRolePolicy"},
    ServiceLinkedRoleFacts{"ecs.application-autoscaling.amazonaws.com", "ApplicationAutoScaling_ECSService",
                           "AWSApplicationAutoscalingECSServicePolicy"},
    ServiceLinkedRoleFacts{"eks-fargate.amazonaws.com", "AmazonEKSForFargate",
                           "AmazonEKSForFargateServiceRolePolicy"},
    ServiceLinkedRoleFacts{"eks-nodegroup.amazonaws.com", "AmazonEKSNodegroup",
                           "AWSServiceRoleForAmazonEKSNodegroup"},
    ServiceLinkedRoleFacts{"eks.amazonaws.com", "AmazonEKS", "AmazonEKSServiceRolePolicy"},
    ServiceLinkedRoleFacts{"elasticache.amazonaws.com", "ElastiCache", "ElastiCacheServiceRolePolicy"},
    ServiceLinkedRoleFacts{"elasticbeanstalk.amazonaws.com", "ElasticBeanstalk",
                           "AWSElasticBeanstalkServiceRolePolicy"},
    ServiceLinkedRoleFacts{"elasticfilesystem.amazonaws.com", "AmazonElasticFileSystem",
                           "AmazonElasticFileSystemServiceRolePolicy"},
    ServiceLinkedRoleFacts{"elasticloadbalancing.amazonaws.com", "ElasticLoadBalancing",
                           "AWSElasticLoadBalancingServiceRolePolicy"},
    ServiceLinkedRoleFacts{"elasticmapreduce.amazonaws.com", "EMRCleanup", "AmazonEMRCleanupPolicy"},
    ServiceLinkedRoleFacts{"es.amazonaws.com", "AmazonElasticsearchService",
                           "AmazonElasticsearchServiceRolePolicy"},
    ServiceLinkedRoleFacts{"fsx.amazonaws.com", "AmazonFSx", "AmazonFSxServiceRolePolicy"},
    ServiceLinkedRoleFacts{"globalaccelerator.amazonaws.com", "GlobalAccelerator",
                           "AWSGlobalAcceleratorSLRPolicy"},
    ServiceLinkedRoleFacts{"guardduty.amazonaws.com", "AmazonGuardDuty", "AmazonGuardDutyServiceRolePolicy"},
    ServiceLinkedRoleFacts{"inspector2.amazonaws.com", "AmazonInspector2",
                           "AmazonInspector2ServiceRolePolicy"},
    ServiceLinkedRoleFacts{"kafka.amazonaws.com", "Kafka", "KafkaServiceRolePolicy"},
    ServiceLinkedRoleFacts{"lex.amazonaws.com", "LexBots", "LexBotPolicy"},
    ServiceLinkedRoleFacts{"macie.amazonaws.com", "AmazonMacie", "AmazonMacieServiceRolePolicy"},
    ServiceLinkedRoleFacts{"mq.amazonaws.com", "AmazonMQ", "AmazonMQServiceRolePolicy"},
    ServiceLinkedRoleFacts{"network-firewall.amazonaws.com", "NetworkFirewall",
                           "AWSNetworkFirewallServiceRolePolicy"},
    ServiceLinkedRoleFacts{"opensearchservice.amazonaws.com", "AmazonOpenSearchService",
                           "AmazonOpenSearchServiceRolePolicy"},
    ServiceLinkedRoleFacts{"ops.apigateway.amazonaws.com", "APIGateway", "APIGatewayServiceRolePolicy"},
    ServiceLinkedRoleFacts{"organizations.amazonaws.com", "Organizations",
                           "AWSOrganizationsServiceTrustPolicy"},
    ServiceLinkedRoleFacts{"rds.amazonaws.com", "RDS", "AmazonRDSServiceRolePolicy"},
    ServiceLinkedRoleFacts{"redshift.amazonaws.com", "Redshift", "AmazonRedshiftServiceLinkedRolePolicy"},
    ServiceLinkedRoleFacts{"replication.dynamodb.amazonaws.com", "DynamoDBReplication",
                           "DynamoDBReplicationServiceRolePolicy"},
    ServiceLinkedRoleFacts{"replication.ecr.amazonaws.com", "ECRReplication",
                           "ECRReplicationServiceRolePolicy"},
    ServiceLinkedRoleFacts{"securityhub.amazonaws.com", "SecurityHub", "AWSSecurityHubServiceRolePolicy"},
    ServiceLinkedRoleFacts{"spot.amazonaws.com", "EC2Spot", "AWSEC2SpotServiceRolePolicy"},
    ServiceLinkedRoleFacts{"spotfleet.amazonaws.com", "EC2SpotFleet", "AWSEC2SpotFleetServiceRolePolicy"},
    ServiceLinkedRoleFacts{"ssm.amazonaws.com", "AmazonSSM", "AmazonSSMServiceRolePolicy"},
    ServiceLinkedRoleFacts{"sso.amazonaws.com", "SSO", "AWSSSOServiceRolePolicy"},
    ServiceLinkedRoleFacts{"support.amazonaws.com", "Support", "AWSSupportServiceRolePolicy"},
    ServiceLinkedRoleFacts{"transitgateway.amazonaws.com", "VPCTransitGateway",
                           "AWSVPCTransitGatewayServiceRolePolicy"},
    ServiceLinkedRoleFacts{"trustedadvisor.amazonaws.com", "TrustedAdvisor",
                           "AWSTrustedAdvisorServiceRolePolicy"},
    ServiceLinkedRoleFacts{"wafv2.amazonaws.com", "WAFV2Logging", "WAFV2LoggingServiceRolePolicy"},
};
static_assert(std::is_sorted(kFacts.begin(), kFacts.end(),
                             [](const auto& a, const auto& b) { return a.service < b.service; }));

// "my-thing.amazonaws.com" becomes "MyThing".
std::string DerivedSuffix(std::string_view service) {
  std::string suffix;
  bool upper = true;
  for (char c : service.substr(0, service.find('.'))) {
    if (c == '-') {
      upper = true;
      continue;
    }
    suffix += upper ? base::AsciiUpper(c) : c;
    upper = false;
  }
  return suffix;
}

}  // namespace

const ServiceLinkedRoleFacts* FindServiceLinkedRole(std::string_view service) {
  const auto it = std::lower_bound(
      kFacts.begin(), kFacts.end(), service,
      [](const ServiceLinkedRoleFacts& facts, std::string_view name) { return facts.service < name; });
  return it != kFacts.end() && it->service == service ? &*it : nullptr;
}

std::string ServiceLinkedRoleName(std::string_view service, std::string_view custom_suffix) {
  const ServiceLinkedRoleFacts* facts = FindServiceLinkedRole(service);
  std::string name = "AWSServiceRoleFor";
  name += facts == nullptr ? DerivedSuffix(service) : std::string(facts->role_suffix);
  if (!custom_suffix.empty()) name += "_" + std::string(custom_suffix);
  return name;
}

bool IsServicePrincipal(std::string_view service) {
  const bool known_ending = service.ends_with(".amazonaws.com") || service.ends_with(".amazonaws.com.cn");
  if (!known_ending || service.size() > 128 || service.front() == '.') return false;
  return std::all_of(service.begin(), service.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

}  // namespace wardkeep::catalog
