// Which addresses a caller can make the server connect to.
#include "federation/outbound_address.h"

#include <gtest/gtest.h>

namespace wardkeep::federation {
namespace {

bool IsAllowed(const OutboundAddresses& rules, std::string_view text) {
  return rules.IsAllowed(*policy::ParseIpAddress(text));
}

TEST(OutboundAddresses, OnlyThePublicInternetIsAsked) {
  const OutboundAddresses rules({});
  for (const char* address :
       {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.0.1.1",
        "193.0.0.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888"}) {
    EXPECT_TRUE(IsAllowed(rules, address)) << address;
  }
  for (const char* address : {"0.0.0.0",
                              "10.0.0.1",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.1.1",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.168.0.1",
                              "198.18.0.1",
                              "198.19.9.9",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "ff02::1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001::1",
                              "2001:db8::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "::127.0.0.1",
                              "fec0::1",
                              "169.254.169.254"}) {
    EXPECT_FALSE(IsAllowed(rules, address)) << address;
  }
}

TEST(OutboundAddresses, TheOperatorAllowsBlocks) {
  const OutboundAddresses rules({"10.1.0.0/16", "fd00::/8"});
  EXPECT_TRUE(IsAllowed(rules, "10.1.2.3"));
  EXPECT_TRUE(IsAllowed(rules, "::ffff:10.1.2.3"));
  EXPECT_TRUE(IsAllowed(rules, "fd12::1"));
  EXPECT_FALSE(IsAllowed(rules, "10.2.0.1"));
  EXPECT_FALSE(IsAllowed(rules, "127.0.0.1"));
  EXPECT_TRUE(IsAllowed(rules, "8.8.8.8"));
}

TEST(OutboundAddresses, NumbersAreNoHostsButForTheOperatorsBlocks) {
  const OutboundAddresses none({});
  for (const char* host :
       {"127.0.0.1", "8.8.8.8", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1"}) {
    EXPECT_FALSE(none.MayAsk(host)) << host;
  }
  for (const char* host : {"a", "idp.example.com", "127.0.0.1.example.com", "1and1.com"}) {
    EXPECT_TRUE(none.MayAsk(host)) << host;
  }
  const OutboundAddresses loopback({"127.0.0.0/8"});
  EXPECT_TRUE(loopback.MayAsk("127.0.0.1"));
  EXPECT_FALSE(loopback.MayAsk("2130706433"));
  EXPECT_FALSE(loopback.MayAsk("127.1"));
}

}  // namespace
}  // namespace wardkeep::federation
