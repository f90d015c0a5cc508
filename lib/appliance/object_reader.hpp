#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "appliance/keys.hpp"
#include "appliance/reading.hpp"
#include "appliance/terms.hpp"
#include "appliance/value_check.hpp"

namespace appliance {

// A key and what to do with its value, which has the key's type by then. No function: nothing is
// done with it.
template <class Target>
struct Field {
    Key key;
    void (*read)(const Value& value, Target& target, Reading& reading) = nullptr;
};

// How messages speak of an object: "container `web`", "this entry of `ports`".
struct Subject {
    std::string_view kind;
    std::string_view id;  // empty: none
    Span where;

    [[nodiscard]] std::string name() const;
};

[[nodiscard]] bool is_free(std::string_view key);  // begins with `x-`
[[nodiscard]] bool fits(const Key& key, const Value& value);
// The key that was meant by one that the object's table does not have; empty when that is no slip.
// `object_name` is the table's name in known_objects().
[[nodiscard]] std::string_view meant_by(std::string_view key, const Object& object,
                                        std::string_view object_name);
// The member under a key that its table lacks, which is told already, and that was to be this one;
// nullptr: there is none.
[[nodiscard]] const Member* find_meant(const Object& object, std::string_view key,
                                       std::string_view object_name);
void report_unknown(const Member& member, std::string_view meant, const Object& object,
                    std::string_view object_name, Problems& problems);
void report_not_yet(const Member& member, const Key& key, Problems& problems);
void report_type_of(const Member& member, const Key& key, Problems& problems);
void report_missing(const Key& key, const Subject& subject, Problems& problems);

template <class Target>
std::size_t find_row(const std::vector<Field<Target>>& fields, std::string_view key) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field<Target>& field) {
        return field.key.name == key;
    });
    return static_cast<std::size_t>(found - fields.begin());
}

// Whether the object has a key that its table lacks, which is told already.
template <class Target>
bool has_unknown_key(const Object& object, const std::vector<Field<Target>>& fields) {
    return std::any_of(object.begin(), object.end(), [&](const Member& member) {
        return find_row(fields, member.key) == fields.size() && !is_free(member.key);
    });
}

template <class Target>
void read_member(const Member& member, const Field<Target>& field, Target& target,
                 Reading& reading) {
    switch (field.key.support) {
        case Support::not_yet: return report_not_yet(member, field.key, reading.problems);
        case Support::ignored: return;
        case Support::yes: break;
    }
    if (!fits(field.key, member.value)) {
        report_type_of(member, field.key, reading.problems);
    } else if (field.read != nullptr) {
        field.read(member.value, target, reading);
    }
}

// Reads each member by its row of the table; reports unknown, unsupported and missing keys and
// wrong types. `object_name` is the table's name in known_objects().
template <class Target>
void read_object(const Object& object, std::string_view object_name,
                 const std::vector<Field<Target>>& fields, const Subject& subject, Target& target,
                 Reading& reading) {
    std::vector<bool> seen(fields.size());
    for (const Member& member : object) {
        std::size_t row = find_row(fields, member.key);
        if (row < fields.size()) {
            read_member(member, fields[row], target, reading);
        } else if (!is_free(member.key) && !reading.problems.full()) {
            const std::string_view meant = meant_by(member.key, object, object_name);
            report_unknown(member, meant, object, object_name, reading.problems);
            row = find_row(fields, meant);  // which is not missing, then
        }
        if (row < fields.size()) {
            seen[row] = true;
        }
    }
    for (std::size_t row = 0; row < fields.size(); ++row) {
        if (fields[row].key.presence == Presence::required && !seen[row]) {
            report_missing(fields[row].key, subject, reading.problems);
        }
    }
}

}  // namespace appliance
