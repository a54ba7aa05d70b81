// QueryKeyService: IAM and STS over HTTPS (or HTTP, for a local endpoint) in the AWS Query protocol, signed
// with Signature Version 4. One request at a time, 30 seconds each; certificates are verified. Not
// thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "rotation/key_service.h"

namespace wardkeep::cli {

class QueryKeyService final : public rotation::KeyService {
 public:
  // `endpoint` as for the aws CLI's --endpoint-url, for IAM and STS alike; empty for AWS.
  QueryKeyService(std::string endpoint, const base::Clock& clock);

  rotation::CallResult<std::string> CallerArn(const rotation::ProfileKey& key) override;
  rotation::CallResult<std::vector<rotation::KeyFacts>> ListKeys(const rotation::ProfileKey& key) override;
  rotation::CallResult<bool> WasUsed(const rotation::ProfileKey& key,
                                     const std::string& access_key_id) override;
  rotation::CallResult<rotation::ProfileKey> CreateKey(const rotation::ProfileKey& key) override;
  rotation::CallResult<void> Deactivate(const rotation::ProfileKey& key,
                                        const std::string& access_key_id) override;
  rotation::CallResult<void> Delete(const rotation::ProfileKey& key,
                                    const std::string& access_key_id) override;

 private:
  using Parameters = std::vector<std::pair<std::string_view, std::string_view>>;

  // The body of an answer that means success. Asks again where that is harmless.
  rotation::CallResult<std::string> Call(const rotation::ProfileKey& key, std::string_view service,
                                         std::string_view action, const Parameters& parameters = {});
  rotation::CallResult<std::string> CallOnce(const rotation::ProfileKey& key, std::string_view service,
                                             std::string_view action, const Parameters& parameters);

  std::string endpoint_;
  const base::Clock& clock_;
};

}  // namespace wardkeep::cli
