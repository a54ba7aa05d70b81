#include "server/configuration.h"

namespace wardkeep::server {

std::string Configuration::MasterKeyPath() const {
  return master_key_file.empty() ? data_directory + "/master.key" : master_key_file;
}

std::string Configuration::AdminSocketPath() const {
  if (!admin_socket.empty() || memory) return admin_socket;
  return data_directory + "/admin.sock";
}

}  // namespace wardkeep::server
