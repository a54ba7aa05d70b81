#include "service/iam/boundaries.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/boundary_input.h"
#include "service/iam/owner.h"

namespace wardkeep::service::iam {
namespace {

using entity::Role;
using entity::User;
using pipeline::WriteContext;

template <typename T, typename Request, typename Response>
ApiResult<Response> PutBoundary(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  T owner = *found;
  WK_ASSIGN(owner.permissions_boundary, ReadBoundary(context.account(), request.permissions_boundary));
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

template <typename T, typename Request, typename Response>
ApiResult<Response> DeleteBoundary(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  T owner = *found;
  if (owner.permissions_boundary.empty()) {
    return api::iam::NoSuchEntity("The " + std::string(Owner<T>::kKind) + " " + owner.name +
                                  " has no permissions boundary.");
  }
  owner.permissions_boundary.clear();
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

}  // namespace

void RegisterBoundaries(pipeline::Registry& registry) {
  namespace a = api::iam;
  registry.Write(
      "iam", "PutUserPermissionsBoundary",
      PutBoundary<User, a::PutUserPermissionsBoundaryRequest, a::PutUserPermissionsBoundaryResponse>);
  registry.Write(
      "iam", "PutRolePermissionsBoundary",
      PutBoundary<Role, a::PutRolePermissionsBoundaryRequest, a::PutRolePermissionsBoundaryResponse>);
  registry.Write("iam", "DeleteUserPermissionsBoundary",
                 DeleteBoundary<User, a::DeleteUserPermissionsBoundaryRequest,
                                a::DeleteUserPermissionsBoundaryResponse>);
  registry.Write("iam", "DeleteRolePermissionsBoundary",
                 DeleteBoundary<Role, a::DeleteRolePermissionsBoundaryRequest,
                                a::DeleteRolePermissionsBoundaryResponse>);
}

}  // namespace wardkeep::service::iam
