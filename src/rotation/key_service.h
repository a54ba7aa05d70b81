// KeyService: what a rotation asks of IAM and STS, AWS's or Wardkeep's. A seam for tests; the real one is
// QueryKeyService. Calls block. Not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "rotation/credentials_text.h"

namespace wardkeep::rotation {

struct KeyFacts {
  std::string access_key_id;
  bool active = false;
  std::string create_date;  // as the service shows it
};

// Why a call failed.
struct CallFault {
  std::string code;     // AWS's error code; empty when there was no answer
  std::string message;  // AWS's text, or what the connection said
  // Worth another try: no answer, throttling, a fault of the server.
  bool transient = false;
};
template <typename T>
using CallResult = base::Result<T, CallFault>;

class KeyService {
 public:
  virtual ~KeyService() = default;

  // The ARN of whom the key belongs to.
  virtual CallResult<std::string> CallerArn(const ProfileKey& key) = 0;
  // All of these act on the keys of the caller.
  virtual CallResult<std::vector<KeyFacts>> ListKeys(const ProfileKey& key) = 0;
  // Whether any request was ever signed with that key.
  virtual CallResult<bool> WasUsed(const ProfileKey& key, const std::string& access_key_id) = 0;
  virtual CallResult<ProfileKey> CreateKey(const ProfileKey& key) = 0;
  virtual CallResult<void> Deactivate(const ProfileKey& key, const std::string& access_key_id) = 0;
  virtual CallResult<void> Delete(const ProfileKey& key, const std::string& access_key_id) = 0;
};

}  // namespace wardkeep::rotation
