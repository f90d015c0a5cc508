#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "appliance/json_value.hpp"
#include "appliance/keys.hpp"
#include "appliance/reading.hpp"
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
void report_unknown(const Member& member, std::string_view object, Problems& problems);
void report_not_yet(const Member& member, const Key& key, Problems& problems);
void report_missing(const Key& key, const Subject& subject, Problems& problems);

// Reads each member by its row of the table; reports unknown, unsupported and missing keys and
// wrong types. `object_name` is the table's name in known_objects().
template <class Target>
void read_object(const Object& object, std::string_view object_name,
                 const std::vector<Field<Target>>& fields, const Subject& subject, Target& target,
                 Reading& reading) {
    std::vector<bool> seen(fields.size());
    for (const Member& member : object) {
        std::size_t row = 0;
        while (row < fields.size() && fields[row].key.name != member.key) {
            ++row;
        }
        if (row == fields.size()) {
            if (!is_free(member.key)) {
                report_unknown(member, object_name, reading.problems);
            }
            continue;
        }
        seen[row] = true;
        const Field<Target>& field = fields[row];
        switch (field.key.support) {
            case Support::not_yet: report_not_yet(member, field.key, reading.problems); break;
            case Support::ignored: break;
            case Support::yes: {
                const std::string what = "`" + std::string(field.key.name) + "`";
                const Fits fits = check_type(field.key.type, member.value, what, field.key.meaning,
                                             reading.problems);
                if (fits == Fits::yes && field.read != nullptr) {
                    field.read(member.value, target, reading);
                }
                break;
            }
        }
    }
    for (std::size_t row = 0; row < fields.size(); ++row) {
        if (fields[row].key.presence == Presence::required && !seen[row]) {
            report_missing(fields[row].key, subject, reading.problems);
        }
    }
}

}  // namespace appliance
