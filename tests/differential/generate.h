// From bytes to a scenario: the documents of one or all kinds of policy and requests to decide under them.
// Every choice comes from the bytes, so a fuzzer can steer it; any bytes give a scenario.
#pragma once

#include <string>
#include <vector>

#include "differential/byte_source.h"
#include "policy_case/text_case.h"
#include "wardkeep/request.h"

namespace wardkeep::differential {

struct Knobs {
  std::size_t requests = 8;    // decided under one set of documents
  std::size_t documents = 2;   // per layer or level
  std::size_t statements = 3;  // per document
  std::size_t values = 3;      // per list
};

struct Scenario {
  policy_case::Layers<policy_case::SourceText> layers;
  std::vector<policy::Request> requests;
};

Scenario Generate(ByteSource& bytes, const Knobs& knobs = {});

// The parts, for tests of their own.
std::string GenerateDocument(ByteSource& bytes, const Knobs& knobs, policy::DocumentKind kind,
                             std::size_t theme);
policy::Request GenerateRequest(ByteSource& bytes, std::size_t theme);

}  // namespace wardkeep::differential
