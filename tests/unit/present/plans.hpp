#pragma once

#include "unit/present/values.hpp"

// Plans as reconcile and teardown make them, small enough to follow by eye.
namespace plans {

// `web` needs `db`; both are made and started.
struct TwoServices {
    appliance::Appliance appliance =
        values::appliance_of("shop", {values::container("db", "postgres"),
                                      values::container("web", "nginx", {values::id("db")})});
    plan::Plan plan;
    plan::StepIndex create_db, create_web, created, start_db, db_ready, start_web, web_ready;

    TwoServices() {
        using plan::Change;
        plan.changes = {{Change::Kind::create, values::instance("db"), ""},
                        {Change::Kind::create, values::instance("web"), ""}};
        create_db = plan.add(plan::CreateInstance{values::instance("db")}, {});
        create_web = plan.add(plan::CreateInstance{values::instance("web")}, {});
        created =
            plan.add(plan::Milestone{plan::Milestone::Point::created}, {create_db, create_web});
        start_db = plan.add(plan::StartInstance{values::instance("db"), ""}, {created});
        db_ready = plan.add(plan::AwaitReady{values::id("db")}, {start_db});
        start_web = plan.add(plan::StartInstance{values::instance("web"), ""}, {created, db_ready});
        web_ready = plan.add(plan::AwaitReady{values::id("web")}, {start_web});
    }
};

// `livy` and `spark-worker` need `spark-master`; all are taken away.
struct Teardown {
    plan::Plan plan;
    plan::StepIndex stop_livy, delete_livy, stop_worker, delete_worker, stop_master, delete_master;

    Teardown() {
        using plan::Change;
        for (const char* name : {"livy", "spark-worker", "spark-master"}) {
            plan.changes.push_back({Change::Kind::remove, values::instance(name), ""});
        }
        stop_livy = plan.add(plan::StopInstance{values::instance("livy"), "l"}, {});
        delete_livy = plan.add(plan::DeleteInstance{values::instance("livy"), "l"}, {stop_livy});
        stop_worker = plan.add(plan::StopInstance{values::instance("spark-worker"), "w"}, {});
        delete_worker =
            plan.add(plan::DeleteInstance{values::instance("spark-worker"), "w"}, {stop_worker});
        stop_master = plan.add(plan::StopInstance{values::instance("spark-master"), "m"},
                               {delete_livy, delete_worker});
        delete_master =
            plan.add(plan::DeleteInstance{values::instance("spark-master"), "m"}, {stop_master});
    }
};

}  // namespace plans
