#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// What a document may say: the one description that the parser, the JSON Schema's test and the
// README's table share.
namespace appliance {

enum class JsonType { any, string, number, whole_number, boolean, object, list };
enum class Origin { pivot, compose, json_schema };
enum class Presence { optional, required };

enum class Support {
    yes,
    not_yet,  // known, and an error until it is supported
    ignored,  // part of PIVOT's replies
};

struct Key {
    std::string_view name;
    JsonType type = JsonType::any;
    std::optional<JsonType> or_type = {};  // what it may be as well
    std::string_view meaning;              // what it holds: "the ports that …"
    std::string_view example = {};  // a value as JSON text; each key that is supported has one
    Origin origin = Origin::pivot;
    Support support = Support::yes;
    Presence presence = Presence::optional;
    std::span<const std::string_view> choices =
        {};                             // the values that a string may have; empty: any
    std::string_view also_called = {};  // other names that people try, separated by spaces
    std::string_view until_then = {};   // with Support::not_yet: what to do instead
    std::string_view if_false = {};     // of a string: what YAML's `no` was to say
    std::string_view if_range = {};     // of a number: what to do in place of `8000-8010`
    std::string_view unit = {};         // that a string has and a bare number lacks, as `s`
};

// An object of the document and its keys, in the order in which a reader wants to learn them.
struct KnownObject {
    std::string_view name;   // `appliance`, `container`, `resources`, `port`, …
    std::string_view place;  // as in "it belongs …"; empty: its keys are looked for nowhere else
    std::vector<Key> keys;
};

[[nodiscard]] const std::vector<KnownObject>& known_objects();

}  // namespace appliance
