#include "api/shape.h"

namespace wardkeep::api {

const Member* FindMemberByName(const Shape& shape, std::string_view name) {
  for (const Member& member : shape.members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

}  // namespace wardkeep::api
