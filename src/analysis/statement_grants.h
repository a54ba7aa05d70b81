// Which actions of the catalogue the statements of a policy name, service by service: the expansion behind
// policy summaries (action-catalogue section 4). Allow and Deny are looked at apart, and conditions are not
// tried: this says what a document speaks of, never what a request may do (that is policy::Evaluate).
//
// Thread-safety: pure function. Ownership: the result views the document, which must outlive it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/action_catalogue.h"
#include "wardkeep/document.h"

namespace wardkeep::analysis {

// An action and the statements that name it with a resource it can have.
struct ActionGrant {
  const catalog::ActionFacts* action = nullptr;
  std::vector<const policy::Statement*> statements;
};

struct ServiceGrants {
  catalog::ServiceEntry service;
  std::shared_ptr<const catalog::ServiceFacts> facts;  // what `action` points into
  std::vector<ActionGrant> actions;                    // in the order of the catalogue
  std::vector<std::string> unknown_patterns;           // as written: match no action of the service
  bool has_misfit = false;  // an action was named only with resources that none of its types can have
};

struct UnknownService {
  std::string prefix;                 // as written
  std::vector<std::string> patterns;  // the actions written with it
  bool is_left_out = false;           // by NotAction: the statement is about everything but them
};

struct DocumentGrants {
  std::vector<ServiceGrants> services;  // in the order of the catalogue
  std::vector<UnknownService> unknown;  // in the order of the document
};

// Over the statements with this effect. NotAction stands for every action of every service it does not name.
DocumentGrants CollectGrants(const policy::Document& document, policy::Effect effect);

}  // namespace wardkeep::analysis
