#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "appliance/terms.hpp"

namespace appliance {

// A container by the name that others call it.
struct NamedContainer {
    std::size_t index = 0;  // in the document's order
    std::string_view id;
    std::optional<std::int64_t>
        instances;  // none: the document says it in a way that cannot be read
    Span where;     // of the id's value
    const Object* object = nullptr;
};

// `spark-worker-2` taken apart: nothing when it does not end in a dash and a number from 1 on.
struct InstanceName {
    std::string_view container;
    std::int64_t number = 0;
};
[[nodiscard]] std::optional<InstanceName> as_instance_name(std::string_view name);

// Who may be referred to: known before anything else is read, because references and dependencies
// also point forward.
class Names {
public:
    // Looks at the ids and instances alone, and says nothing about mistakes in them. Views of
    // `containers` are kept.
    explicit Names(const Array& containers);

    [[nodiscard]] const NamedContainer* find(std::string_view id) const;
    // Whom a host name reaches on the appliance's network, a container or an instance of one;
    // letter case does not count there.
    [[nodiscard]] const NamedContainer* find_on_network(std::string_view name) const;
    [[nodiscard]] std::string_view id(std::size_t index) const { return ids_[index]; }
    // The id that was meant, perhaps.
    [[nodiscard]] std::optional<std::string_view> nearest(std::string_view id) const;
    // Every name on the appliance's network means one thing only.
    void check_collisions(const diagnostics::Source& source, Problems& problems) const;

private:
    std::vector<NamedContainer> containers_;  // those that have an id
    std::vector<std::string_view> ids_;       // by index; empty where there is none
    std::map<std::string_view, std::size_t> by_id_;
    std::map<std::string, std::size_t> by_lower_case_;
};

}  // namespace appliance
