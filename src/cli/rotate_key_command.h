// `wardkeep rotate-key`: replaces the access key of a profile of the AWS credentials file.
#pragma once

#include <string>

namespace wardkeep::cli {

struct RotateKeyRequest {
  std::string profile;
  std::string endpoint_url;      // empty: AWS_ENDPOINT_URL, else AWS
  std::string credentials_file;  // empty: AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials
  std::string grace = "24h";     // a number and s, m, h or d
  bool forget = false;           // give up an unfinished rotation
  std::string stop_after;        // end at this point as if killed; for trials
};

// The points that --stop-after knows, in their order, with commas.
std::string RotationPoints();

// Exit status: 0 finished or waiting for the end of the grace period, 1 failed, 2 wrong arguments.
int RunRotateKey(const RotateKeyRequest& request);

}  // namespace wardkeep::cli
