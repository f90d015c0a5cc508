#include "json/value.hpp"

#include <algorithm>

namespace json {

const Member* find_member(const Object& object, std::string_view key) {
    const auto found = std::find_if(object.begin(), object.end(),
                                    [&](const Member& member) { return member.key == key; });
    return found == object.end() ? nullptr : &*found;
}

}  // namespace json
