#pragma once

#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/hosts.hpp"

namespace plan {

// A key of a container and its value in the one form that all documents with the same meaning have.
struct CanonicalPart {
    std::string name;  // as the reason says it: "env changed"
    std::string text;
};

// What the engine is given for a container, without what says nothing: a default that is written
// out has no part. What is a set to the engine is sorted. Enumerators are written as words, so that
// their order in the source means nothing. What the engine is not given is left out: `instances`,
// `dependencies`, port names, in host mode the ports; and how often a check runs before a container
// is ready, on which nothing depends once it runs.
//
// `init` and `shm_size` have the engine's usual default, which its configuration can change.
[[nodiscard]] std::vector<CanonicalPart> canonical_parts(
    const appliance::Container& container, const std::string& image_id,
    const std::vector<Host>& hosts, const std::vector<appliance::PersistentVolume>& volumes);

}  // namespace plan
