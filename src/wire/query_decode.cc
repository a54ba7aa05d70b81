#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "api/null_text.h"
#include "api/unicode.h"
#include "wire/aws_query.h"
#include "wire/list_index.h"
#include "wire/scalar_text.h"

namespace wardkeep::wire {
namespace {

using api::ApiError;
using api::Kind;
using api::Member;
using api::Shape;
using Outcome = base::Result<void, ApiError>;

// Deeper than any model needs; a recursive shape would otherwise follow a name of megabytes.
constexpr int kMaxDepth = 64;

struct Parameter {
  std::string_view name;
  std::string_view value;
};
using Range = std::span<const Parameter>;

// Orders names segment by segment: '.' before every other byte, so that all parameters below one prefix are
// neighbours and "A.1" does not mix with "A.10".
bool SegmentLess(const Parameter& a, const Parameter& b) {
  const auto rank = [](char c) { return c == '.' ? 0 : static_cast<int>(static_cast<uint8_t>(c)) + 1; };
  return std::ranges::lexicographical_compare(a.name, b.name, {}, rank, rank);
}

// The part of a name between `at` and the next dot.
std::string_view SegmentAt(std::string_view name, size_t at) {
  const std::string_view rest = name.substr(std::min(at, name.size()));
  return rest.substr(0, rest.find('.'));
}

// Parameters that share the first `depth` characters of their names. `exact` is the one whose name ends
// there.
struct Node {
  const Parameter* exact = nullptr;
  Range below;       // names that go on after a dot
  size_t depth = 0;  // where the next segment starts in the names of `below`
};

// The parameters of `range` whose segment at `depth` is that of the first one.
Range FirstGroup(Range range, size_t depth) {
  const std::string_view segment = SegmentAt(range.front().name, depth);
  size_t size = 1;
  while (size < range.size() && SegmentAt(range[size].name, depth) == segment) ++size;
  return range.first(size);
}

Node NodeOf(Range group, size_t depth) {
  Node node{nullptr, group, depth + SegmentAt(group.front().name, depth).size() + 1};
  // The sort is stable and an ended name sorts first: the first one is the first value sent.
  while (!node.below.empty() && node.below.front().name.size() < node.depth) {
    if (node.exact == nullptr) node.exact = &node.below.front();
    node.below = node.below.subspan(1);
  }
  return node;
}

// The node of the segment `name` below `parent`, or nothing.
std::optional<Node> Child(const Node& parent, std::string_view name) {
  const auto rank = [](char c) { return static_cast<int>(static_cast<uint8_t>(c)); };
  const auto less = [&](const Parameter& p, std::string_view wanted) {
    return std::ranges::lexicographical_compare(SegmentAt(p.name, parent.depth), wanted, {}, rank, rank);
  };
  const auto begin = std::lower_bound(parent.below.begin(), parent.below.end(), name, less);
  if (begin == parent.below.end() || SegmentAt(begin->name, parent.depth) != name) return std::nullopt;
  const auto offset = static_cast<size_t>(begin - parent.below.begin());
  return NodeOf(FirstGroup(parent.below.subspan(offset), parent.depth), parent.depth);
}

// The numbered nodes below `node`, by index, and the words beside them.
struct Numbered {
  std::vector<std::pair<uint64_t, Node>> entries;
  bool has_words = false;
};

base::Result<Numbered, ApiError> NumberedBelow(const Node& node) {
  Numbered numbered;
  for (Range rest = node.below; !rest.empty();) {
    const Range group = FirstGroup(rest, node.depth);
    rest = rest.subspan(group.size());
    const std::string_view segment = SegmentAt(group.front().name, node.depth);
    if (SegmentKind(segment) == Segment::kWord) {
      WK_TRY(CheckWord(segment));
      numbered.has_words = true;
      continue;
    }
    WK_ASSIGN(const uint64_t index, ReadIndex(segment));
    numbered.entries.emplace_back(index, NodeOf(group, node.depth));
  }
  std::ranges::sort(numbered.entries, {}, &std::pair<uint64_t, Node>::first);
  uint64_t reached = 1;
  for (const auto& [index, entry] : numbered.entries) {
    WK_TRY(CheckGap(index, reached));
    reached = index;
  }
  return numbered;
}

// `Name.member.1.2`: an index below an index.
bool HasIndexBelow(const Node& node) {
  return !node.below.empty() &&
         SegmentKind(SegmentAt(node.below.front().name, node.depth)) == Segment::kNumber;
}

Outcome DecodeValue(const Node& node, const Shape& shape, bool flattened, void* out, int depth);

// Whether the parameters of a node say anything about a value of this kind.
bool IsPresent(const Node& node, const Shape& shape) {
  switch (shape.kind) {
    case Kind::kStructure:
      return !node.below.empty();
    case Kind::kList:
    case Kind::kMap:
      // `Name=` is the empty list; `Name=x` without an index says nothing.
      return !node.below.empty() || (node.exact != nullptr && node.exact->value.empty());
    default:
      return node.exact != nullptr;
  }
}

Outcome DecodeStructure(const Node& node, const Shape& shape, void* out, int depth) {
  for (const Member& member : shape.members) {
    const std::optional<Node> child = Child(node, member.wire_name);
    if (!child.has_value() || !IsPresent(*child, *member.shape)) continue;
    WK_TRY(DecodeValue(*child, *member.shape, member.flattened, api::EmplaceMember(out, member), depth + 1));
  }
  return {};
}

// Where the numbered entries of a list or map are: below `middle` ("member", "entry" or the model's name),
// or, sent leniently or flattened, directly below the name.
Node EntriesNode(const Node& node, std::string_view middle, std::string_view usual, bool flattened) {
  if (flattened) return node;
  if (const auto named = Child(node, middle)) return *named;
  if (const auto named = Child(node, usual)) return *named;
  return node;
}

// An element that was left out: AWS takes it for null, which fails validation.
void AppendNull(const Shape& shape, void* list) {
  void* element = shape.list->append(list);
  if (shape.element->kind == Kind::kString) *static_cast<std::string*>(element) = std::string(api::kNullText);
}

// Whether a word in the place of an index is a fault of its form; below a list of structures it is a member
// of no element.
Outcome CheckWords(const Numbered& numbered, const Shape& shape) {
  if (!numbered.has_words || shape.element->kind == Kind::kStructure) return {};
  return api::MalformedInput("Start of list found where not expected");
}

Outcome DecodeList(const Node& node, const Shape& shape, bool flattened, void* out, int depth) {
  WK_ASSIGN(const Numbered numbered,
            NumberedBelow(EntriesNode(node, shape.element_name, "member", flattened || shape.flattened)));
  WK_TRY(CheckWords(numbered, shape));
  uint64_t reached = 0;
  for (const auto& [index, entry] : numbered.entries) {
    if (HasIndexBelow(entry)) return api::MalformedInput("Two index elements may not occur back to back");
    while (++reached < index) AppendNull(shape, out);
    if (!IsPresent(entry, *shape.element)) {
      AppendNull(shape, out);
      continue;
    }
    WK_TRY(DecodeValue(entry, *shape.element, false, shape.list->append(out), depth + 1));
  }
  if (numbered.entries.empty() && numbered.has_words) AppendNull(shape, out);
  return {};
}

// Of a map the entries that were left out are not there.
Outcome DecodeMap(const Node& node, const Shape& shape, bool flattened, void* out, int depth) {
  WK_ASSIGN(const Numbered numbered,
            NumberedBelow(EntriesNode(node, "entry", "entry", flattened || shape.flattened)));
  if (numbered.has_words) return api::MalformedInput();
  for (const auto& [index, entry] : numbered.entries) {
    const std::optional<Node> key = Child(entry, shape.key_name);
    const std::optional<Node> value = Child(entry, shape.element_name);
    if (!key.has_value() || key->exact == nullptr || !api::IsXmlText(key->exact->value)) {
      return api::MalformedInput();
    }
    void* slot = shape.map->append(out, std::string(key->exact->value));
    if (!value.has_value() || !IsPresent(*value, *shape.element)) continue;
    WK_TRY(DecodeValue(*value, *shape.element, false, slot, depth + 1));
  }
  return {};
}

// Text that no answer could show again must not be stored. Patterns and enumerations refuse such text in
// AWS's words.
bool IsCarried(const Shape& shape, std::string_view text) {
  const bool checked = shape.constraint != nullptr &&
                       (shape.constraint->pattern != nullptr || !shape.constraint->enum_values.empty());
  return shape.kind != Kind::kString || checked || api::IsXmlText(text);
}

Outcome DecodeValue(const Node& node, const Shape& shape, bool flattened, void* out, int depth) {
  if (depth > kMaxDepth) return api::MalformedInput();
  switch (shape.kind) {
    case Kind::kStructure:
      return DecodeStructure(node, shape, out, depth);
    case Kind::kList:
      return DecodeList(node, shape, flattened, out, depth);
    case Kind::kMap:
      return DecodeMap(node, shape, flattened, out, depth);
    default:
      if (!IsCarried(shape, node.exact->value) || !ReadScalar(shape, node.exact->value, out)) {
        return api::MalformedInput();
      }
      return {};
  }
}

}  // namespace

Outcome DecodeQuery(const FormParameters& form, const Shape& input, void* out) {
  std::vector<Parameter> parameters;
  parameters.reserve(form.pairs.size());
  std::deque<std::string> plain_names;  // stay where they are
  for (const auto& [name, value] : form.pairs) {
    const bool padded = HasLeadingZeros(name);
    parameters.push_back({padded ? plain_names.emplace_back(WithPlainIndexes(name)) : name, value});
  }
  std::ranges::stable_sort(parameters, SegmentLess);
  return DecodeStructure(Node{nullptr, parameters, 0}, input, out, 0);
}

}  // namespace wardkeep::wire
